package io.emulsion.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.canvas.CanvasOptions.Filter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapsTest {
  private static int[] weights(Taps taps, int line) {
    return Arrays.copyOfRange(
        taps.weights(), taps.offset(line), taps.offset(line) + taps.size(line));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,500", "500,1", "7,224", "500,224", "225,224", "65500,3", "3,8192", "640,640"
  })
  void everyLineIsMadeOfInnerLinesWithWeightsThatSumToOne(int source, int target) {
    for (Filter filter : Filter.values()) {
      Taps taps = Taps.of(filter, source, target, 0, target);
      for (int line = 0; line < target; line++) {
        int[] weights = weights(taps, line);
        assertThat(taps.first(line)).isNotNegative();
        assertThat(taps.first(line) + weights.length).isLessThanOrEqualTo(source);
        assertThat(Arrays.stream(weights).sum()).isEqualTo(Taps.ONE);
        assertThat(Arrays.stream(weights)).allMatch(weight -> weight >= 0);
        assertThat(weights[0]).isPositive();
        assertThat(weights[weights.length - 1]).isPositive();
      }
      assertThat(taps.begin()).isEqualTo(taps.first(0));
      assertThat(taps.end()).isEqualTo(taps.first(target - 1) + taps.size(target - 1));
    }
  }

  @Test
  void areaSharesOutTheLinesExactly() {
    Taps taps = Taps.of(Filter.AREA, 5, 2, 0, 2);
    assertThat(weights(taps, 0)).containsExactly(3277, 3277, 1638); // 2/5, 2/5, 1/5 of 8192
    assertThat(weights(taps, 1)).containsExactly(1638, 3277, 3277);
    assertThat(taps.first(1)).isEqualTo(2);
  }

  @Test
  void bilinearWeighsByDistance() {
    Taps half = Taps.of(Filter.BILINEAR, 6, 3, 1, 1);
    assertThat(half.first(0)).isEqualTo(1);
    assertThat(weights(half, 0)).containsExactly(1024, 3072, 3072, 1024);
    Taps twice = Taps.of(Filter.BILINEAR, 4, 8, 0, 8);
    assertThat(weights(twice, 0)).containsExactly(8192);
    assertThat(weights(twice, 1)).containsExactly(6144, 2048);
  }

  @Test
  void aPartOfAnAxisHasTheWholesTaps() {
    for (Filter filter : Filter.values()) {
      Taps whole = Taps.of(filter, 333, 224, 0, 224);
      Taps part = Taps.of(filter, 333, 224, 100, 20);
      for (int line = 0; line < 20; line++) {
        assertThat(part.first(line)).isEqualTo(whole.first(100 + line));
        assertThat(weights(part, line)).isEqualTo(weights(whole, 100 + line));
      }
    }
  }

  /** A panorama one pixel high would be 16 million pixels wide: only the crop's lines are made. */
  @Test
  void makesNoMoreLinesThanAsked() {
    Taps taps = Taps.of(Filter.BILINEAR, 65_500, 536_576_000, 268_287_872, 256);
    assertThat(taps.count()).isEqualTo(256);
    assertThat(taps.end() - taps.begin()).isLessThan(5);
  }
}
