package io.emulsion.shard.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.sample.Box;
import io.emulsion.shard.files.FixedPoint.Corners;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "100.27, 100.27",
    "0.5, 0.5",
    "-0.5, -0.5",
    "0.000001, 0.000001",
    "0.0000005, 0",
    "0.0000015, 0.000002",
    "-12.25, -12.25",
    "12057.23145, 12057.23145",
    "0.30000000000000004, 0.3",
    "89478485, 89478485"
  })
  void printsSixPlacesAtMost(double value, String text) {
    assertThat(FixedPoint.text(FixedPoint.of(value))).isEqualTo(text);
  }

  @Test
  void printsWhatBigDecimalPrints() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10_000; i++) {
      long millionths = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
      String text = FixedPoint.text(millionths);
      assertThat(new BigDecimal(text)).isEqualByComparingTo(BigDecimal.valueOf(millionths, 6));
      assertThat(FixedPoint.of(Double.parseDouble(text))).isEqualTo(millionths);
    }
  }

  /** In doubles the width would be 228.01999999999998. */
  @Test
  void aWidthIsWhatTheSourceHad() {
    Corners corners =
        Corners.of(new Box(62.1, 0, 62.1 + 228.02, 7, 0, 1, false, false, Double.NaN, null));
    assertThat(FixedPoint.text(corners.width())).isEqualTo("228.02");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e12})
  void takesNothingThatIsNoPixel(double value) {
    assertThatThrownBy(() -> FixedPoint.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(value + " is no length or area in an image");
  }
}
