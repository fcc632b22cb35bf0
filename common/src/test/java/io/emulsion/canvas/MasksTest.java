package io.emulsion.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.RunLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against masks as plain grids of pixels. */
class MasksTest {
  /** The grid of a mask, {@code [y][x]}. */
  private static boolean[][] grid(RunLengths mask) {
    boolean[][] grid = new boolean[mask.height()][mask.width()];
    int at = 0;
    for (int run = 0; run < mask.counts().length; run++) {
      for (int i = 0; i < mask.counts()[run]; i++) {
        grid[at % mask.height()][at / mask.height()] = run % 2 == 1;
        at++;
      }
    }
    assertThat(at).as("pixels").isEqualTo(mask.height() * mask.width());
    return grid;
  }

  /** The runs of a grid as pycocotools writes them. */
  private static RunLengths mask(boolean[][] grid) {
    List<Integer> counts = new ArrayList<>();
    boolean value = false;
    int count = 0;
    for (int x = 0; x < grid[0].length; x++) {
      for (boolean[] row : grid) {
        if (row[x] != value) {
          counts.add(count);
          count = 0;
          value = row[x];
        }
        count++;
      }
    }
    counts.add(count);
    return new RunLengths(
        grid.length, grid[0].length, counts.stream().mapToInt(Integer::intValue).toArray());
  }

  private static RunLengths random(int height, int width, int seed) {
    Random random = new Random(seed);
    double share = random.nextDouble();
    boolean[][] grid = new boolean[height][width];
    for (boolean[] row : grid) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextDouble() < share;
      }
    }
    return mask(grid);
  }

  private static void assertMask(RunLengths actual, boolean[][] expected) {
    assertThat(grid(actual)).isDeepEqualTo(expected);
    assertThat(actual.counts()).as("no needless run").isEqualTo(mask(expected).counts());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 1, 3, 4",
    "5, 7, 5, 9",
    "5, 7, 8, 7",
    "5, 7, 8, 9",
    "30, 20, 31, 50"
  })
  void padsBelowAndToTheRight(int height, int width, int newHeight, int newWidth) {
    for (int seed = 0; seed < 20; seed++) {
      RunLengths mask = random(height, width, seed);
      boolean[][] padded = new boolean[newHeight][newWidth];
      boolean[][] grid = grid(mask);
      for (int y = 0; y < height; y++) {
        System.arraycopy(grid[y], 0, padded[y], 0, width);
      }
      assertMask(Masks.padded(mask, newHeight, newWidth), padded);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 7", "7, 5", "30, 1", "1, 30"})
  void mirrorsLeftAndRight(int height, int width) {
    for (int seed = 0; seed < 20; seed++) {
      RunLengths mask = random(height, width, seed);
      boolean[][] mirrored = new boolean[height][width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          mirrored[y][x] = grid(mask)[y][width - 1 - x];
        }
      }
      assertMask(Masks.mirrored(mask), mirrored);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, 7, 5, 7",
    "5, 7, 10, 14",
    "5, 7, 3, 2",
    "9, 4, 4, 9",
    "16, 16, 5, 31",
    "1, 1, 6, 6"
  })
  void takesTheNearestPixelsInAWindow(int height, int width, int partHeight, int partWidth) {
    for (int seed = 0; seed < 20; seed++) {
      RunLengths mask = random(height, width, seed);
      boolean[][] grid = grid(mask);
      boolean[][] placed = new boolean[partHeight + 5][partWidth + 7];
      for (int y = 0; y < partHeight; y++) {
        for (int x = 0; x < partWidth; x++) {
          int fromY = (int) Math.floor((y + 0.5) * height / partHeight);
          int fromX = (int) Math.floor((x + 0.5) * width / partWidth);
          placed[y + 2][x + 3] = grid[fromY][fromX];
        }
      }
      Window window = new Window(2, 3, partHeight, partWidth);
      assertMask(Masks.placed(mask, window, partHeight + 5, partWidth + 7), placed);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsRunsOfLengthZero(boolean set) {
    int[] counts = set ? new int[] {0, 2, 0, 4} : new int[] {2, 0, 4};
    RunLengths mask = new RunLengths(2, 3, counts);
    assertThat(Masks.mirrored(mask).counts()).isEqualTo(set ? new int[] {0, 6} : new int[] {6});
  }

  @Test
  void leavesAMaskOfTheRightSizeAsItIs() {
    RunLengths mask = random(4, 5, 1);
    assertThat(Masks.padded(mask, 4, 5)).isSameAs(mask);
  }
}
