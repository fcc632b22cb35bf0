package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativesTest {
  private static final List<String> PROPERTIES = List.of(Natives.CACHE_PROPERTY, "user.home");

  private final Map<String, String> before = new java.util.HashMap<>();

  @BeforeEach
  void remember() {
    Natives.load();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        before.put(name, value);
      }
    }
    System.clearProperty(Natives.CACHE_PROPERTY);
  }

  @AfterEach
  void restore() {
    PROPERTIES.forEach(System::clearProperty);
    before.forEach(System::setProperty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENCV_IO_ENABLE_OPENEXR", "OPENCV_IO_ENABLE_JASPER"})
  void refusesToOpenUnsafeDecoders(String variable) {
    assertThatThrownBy(() -> Natives.checkEnvironment(Map.of(variable, "1")))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            variable + " is set: it opens a decoder that is not safe with unknown files. Unset it");
    Natives.checkEnvironment(Map.of("PATH", "/bin"));
  }

  @Test
  void unpacksWhereTheEnvironmentSays() {
    assertThat(Natives.cacheDirectory(Map.of("EMULSION_CACHE_DIR", "/scratch")))
        .isEqualTo("/scratch");
    System.setProperty(Natives.CACHE_PROPERTY, "/chosen");
    assertThat(Natives.cacheDirectory(Map.of("EMULSION_CACHE_DIR", "/scratch"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "/no/such/home"})
  void unpacksToATemporaryFolderOfTheUserWithoutAHome(String home) {
    System.setProperty("user.home", home);
    assertThat(Natives.cacheDirectory(Map.of()))
        .matches(System.getProperty("java.io.tmpdir") + "/emulsion-natives-[0-9]+");
  }

  @Test
  void leavesTheChoiceToJavaCppWhereThereIsAHome() {
    System.setProperty("user.home", System.getProperty("java.io.tmpdir"));
    assertThat(Natives.cacheDirectory(Map.of())).isEmpty();
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
