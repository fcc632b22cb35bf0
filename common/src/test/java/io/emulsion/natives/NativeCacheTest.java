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

class NativeCacheTest {
  private static final List<String> PROPERTIES = List.of(NativeCache.PROPERTY, "user.home");

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void remember() {
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        before.put(name, value);
      }
    }
    System.clearProperty(NativeCache.PROPERTY);
  }

  @AfterEach
  void restore() {
    PROPERTIES.forEach(System::clearProperty);
    before.forEach(System::setProperty);
  }

  @Test
  void unpacksWhereTheEnvironmentSays() {
    assertThat(NativeCache.folder(Map.of("EMULSION_CACHE_DIR", "/scratch"))).isEqualTo("/scratch");
    System.setProperty(NativeCache.PROPERTY, "/chosen");
    assertThat(NativeCache.folder(Map.of("EMULSION_CACHE_DIR", "/scratch"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "/no/such/home"})
  void unpacksToATemporaryFolderOfTheUserWithoutAHome(String home) {
    System.setProperty("user.home", home);
    assertThat(NativeCache.folder(Map.of()))
        .matches(System.getProperty("java.io.tmpdir") + "/emulsion-natives-[0-9]+");
  }

  @Test
  void leavesTheChoiceToJavaCppWhereThereIsAHome() {
    System.setProperty("user.home", System.getProperty("java.io.tmpdir"));
    assertThat(NativeCache.folder(Map.of())).isEmpty();
  }
}
