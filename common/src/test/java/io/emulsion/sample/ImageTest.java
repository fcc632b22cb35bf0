package io.emulsion.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {
  @Test
  void mayHoldSpareBytesBehindItsPixels() {
    Image image = new Image(2, 3, Image.allocate(2, 3));
    assertThat(image.sizeBytes()).isEqualTo(18);
    assertThat(image.rgb()).hasSize(18 + Image.SPARE_BYTES);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 3", "1, 0, 3", "-1, -1, 3", "1, 1, 2"})
  void refusesAShapeThatItsBytesDoNotHold(int height, int width, int bytes) {
    assertThatThrownBy(() -> new Image(height, width, new byte[bytes]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No image of " + height + " x " + width + " in " + bytes + " bytes");
  }

  @Test
  void refusesMoreBytesThanAnArrayHolds() {
    assertThatThrownBy(() -> Image.allocate(32768, 32768)).isInstanceOf(ArithmeticException.class);
  }
}
