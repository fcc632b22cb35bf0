package io.emulsion.canvas;

import io.emulsion.sample.RunLengths;
import java.util.Arrays;

/** Moves masks along with the images they belong to. */
public final class Masks {
  private Masks() {}

  /**
   * {@code mask} at the top left of a larger canvas.
   *
   * @param height of the canvas, at least the mask's
   * @param width of the canvas, at least the mask's
   */
  public static RunLengths padded(RunLengths mask, int height, int width) {
    if (mask.height() == height && mask.width() == width) {
      return mask;
    }
    return placed(mask, new Window(0, 0, mask.height(), mask.width()), height, width);
  }

  /**
   * {@code mask} brought to a window of a canvas of {@code height} times {@code width}: each of its
   * pixels is the mask's that its centre falls into.
   */
  static RunLengths placed(RunLengths mask, Window window, int height, int width) {
    int[][] columns = columns(mask);
    RunsBuilder runs = new RunsBuilder();
    runs.add(false, (long) window.left() * height);
    for (int x = 0; x < window.width(); x++) {
      int from = (int) ((2L * x + 1) * mask.width() / (2L * window.width()));
      runs.add(false, window.top());
      boolean value = false;
      int y = 0;
      for (int change : columns[from]) {
        int at = firstRow(change, mask.height(), window.height());
        runs.add(value, at - y);
        value = !value;
        y = at;
      }
      runs.add(value, window.height() - y);
      runs.add(false, height - window.top() - window.height());
    }
    runs.add(false, (long) (width - window.left() - window.width()) * height);
    return new RunLengths(height, width, runs.counts());
  }

  /**
   * The first of {@code to} rows whose centre falls into row {@code row} of {@code from} or below.
   */
  private static int firstRow(int row, int from, int to) {
    return (int) Math.max(0, -Math.floorDiv(from - 2L * row * to, 2L * from));
  }

  /** {@code mask} with left and right exchanged. */
  static RunLengths mirrored(RunLengths mask) {
    int[][] columns = columns(mask);
    RunsBuilder runs = new RunsBuilder();
    for (int x = mask.width() - 1; x >= 0; x--) {
      boolean value = false;
      int y = 0;
      for (int change : columns[x]) {
        runs.add(value, change - y);
        value = !value;
        y = change;
      }
      runs.add(value, mask.height() - y);
    }
    return new RunLengths(mask.height(), mask.width(), runs.counts());
  }

  /** For each column the rows in which the mask changes, from 0s above its first row. */
  private static int[][] columns(RunLengths mask) {
    int[][] columns = new int[mask.width()][];
    int[] changes = new int[mask.height()];
    int[] counts = mask.counts();
    int run = 0;
    long left = counts.length == 0 ? 0 : counts[0];
    for (int x = 0; x < mask.width(); x++) {
      int count = 0;
      boolean last = false;
      for (int y = 0; y < mask.height(); ) {
        while (left == 0) {
          left = counts[++run];
        }
        boolean value = run % 2 == 1;
        if (value != last) {
          changes[count++] = y;
          last = value;
        }
        int step = (int) Math.min(left, mask.height() - y);
        y += step;
        left -= step;
      }
      columns[x] = Arrays.copyOf(changes, count);
    }
    return columns;
  }
}
