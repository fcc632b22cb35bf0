package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "1e0, 1",
    "0.2, 0.2",
    "1000, 1000",
    "0.001, 0.001",
    "0.30000000000000004, 0.30000000000000004",
    "1e-7, 0.0000001",
    "0, 0"
  })
  void writesTheShortDecimal(double value, String text) {
    assertThat(DecimalText.of(value)).isEqualTo(text);
  }

  @Test
  void isReadAsTheSameDouble() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextDouble() * (i % 2 == 0 ? 1 : 1000);
      assertThat(Double.parseDouble(DecimalText.of(value))).isEqualTo(value);
    }
  }

  @Test
  void keepsTheSmallestNumber() {
    assertThat(Double.parseDouble(DecimalText.of(Double.MIN_VALUE))).isEqualTo(Double.MIN_VALUE);
  }
}
