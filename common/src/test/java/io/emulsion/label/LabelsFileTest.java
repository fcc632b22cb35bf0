package io.emulsion.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsFileTest {
  @Test
  void writesANameALine() {
    assertThat(text(List.of("cat", "white wolf", "\u00e9"))).isEqualTo("cat\nwhite wolf\n\u00e9\n");
  }

  @Test
  void keepsEachNameOnItsLine() {
    assertThat(text(List.of("a\nb", "a\\nb", "\r"))).isEqualTo("a\\nb\na\\\\nb\n\\r\n");
  }

  @Test
  void readsBackWhatItWrote() {
    List<String> names =
        List.of(
            "a\nb", "a\\nb", "a\\\nb", "\\", "\\\\", "\r\n", "\\r", "n", "\u2028", "\ud83d\ude00");
    assertThat(LabelsFile.parse(LabelsFile.of(names))).isEqualTo(names);
  }

  @Test
  void ofNoNamesIsEmpty() {
    assertThat(LabelsFile.of(List.of())).isEmpty();
    assertThat(LabelsFile.parse(new byte[0])).isEmpty();
  }

  private static String text(List<String> names) {
    return new String(LabelsFile.of(names), StandardCharsets.UTF_8);
  }
}
