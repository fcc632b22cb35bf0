package io.emulsion.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCppTest {
  private static final List<String> PROPERTIES =
      List.of(JavaCpp.CACHE_FOLDER, JavaCpp.MOST_BYTES, "user.home");

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void remember() {
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        before.put(name, value);
      }
    }
    System.clearProperty(JavaCpp.CACHE_FOLDER);
    System.clearProperty(JavaCpp.MOST_BYTES);
  }

  @AfterEach
  void restore() {
    PROPERTIES.forEach(System::clearProperty);
    before.forEach(System::setProperty);
  }

  @Test
  void unpacksWhereTheEnvironmentSays() {
    assertThat(JavaCpp.folder(Map.of("EMULSION_CACHE_DIR", "/scratch"))).isEqualTo("/scratch");
    System.setProperty(JavaCpp.CACHE_FOLDER, "/chosen");
    assertThat(JavaCpp.folder(Map.of("EMULSION_CACHE_DIR", "/scratch"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "/no/such/home"})
  void unpacksToATemporaryFolderOfTheUserWithoutAHome(String home) {
    System.setProperty("user.home", home);
    assertThat(JavaCpp.folder(Map.of()))
        .matches(System.getProperty("java.io.tmpdir") + "/emulsion-natives-[0-9]+");
  }

  @Test
  void leavesTheChoiceToJavaCppWhereThereIsAHome() {
    System.setProperty("user.home", System.getProperty("java.io.tmpdir"));
    assertThat(JavaCpp.folder(Map.of())).isEmpty();
  }

  @Test
  void leavesTheSizeOfTheProcessToWhoeverLimitsIt() {
    JavaCpp.configure();
    assertThat(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes")).isEqualTo("0");
    System.setProperty(JavaCpp.MOST_BYTES, "4g");
    JavaCpp.configure();
    assertThat(System.getProperty(JavaCpp.MOST_BYTES)).isEqualTo("4g");
  }
}
