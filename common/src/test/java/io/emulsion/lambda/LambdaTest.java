package io.emulsion.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.49, 0",
    "0.5, 0",
    "0.51, 1",
    "1.5, 2",
    "2.5, 2",
    "3.5, 4",
    "32767.5, 32768",
    "65534.5, 65534",
    "65535.5, 65536",
    "65536, 65536"
  })
  void roundsToTheNextStepHalfToEven(double steps, int weight) {
    assertThat(Lambda.round(steps / 65536).weight()).isEqualTo(weight);
  }

  @Test
  void eachValueIsExactInFloat32AndAsADecimalOf16Digits() {
    for (int weight = 0; weight <= Lambda.ONE; weight++) {
      double value = new Lambda(weight).value();
      assertThat((double) (float) value).isEqualTo(value);
      assertThat(value * 65536).isEqualTo(weight);
      assertThat(new BigDecimal(value).scale()).isLessThanOrEqualTo(16);
    }
  }

  @Test
  void unmixedIsOne() {
    assertThat(Lambda.UNMIXED.value()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource({"-1", "65537"})
  void refusesWhatIsNoShare(int weight) {
    assertThatThrownBy(() -> new Lambda(weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Weight " + weight + " is outside [0, 65536]");
  }
}
