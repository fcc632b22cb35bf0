package io.emulsion.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCvTest {
  @BeforeAll
  static void load() {
    OpenCv.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENCV_IO_ENABLE_OPENEXR", "OPENCV_IO_ENABLE_JASPER"})
  void refusesToOpenUnsafeDecoders(String variable) {
    assertThatThrownBy(() -> OpenCv.checkEnvironment(Map.of(variable, "1")))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            variable + " is set: it opens a decoder that is not safe with unknown files. Unset it");
    OpenCv.checkEnvironment(Map.of("PATH", "/bin"));
  }

  @Test
  void usesOneThread() {
    assertThat(opencv_core.getNumThreads()).isEqualTo(1);
  }

  /** Other versions have other holes and other pixels: change them on purpose only. */
  @Test
  void hasTheCodecVersionsThatWereExamined() {
    assertThat(opencv_core.getBuildInformation().getString())
        .contains("OpenCV 4.13.0")
        .containsPattern("JPEG: +build-libjpeg-turbo \\(ver 3\\.1\\.2")
        .containsPattern("PNG: +build \\(ver 1\\.6\\.53");
  }
}
