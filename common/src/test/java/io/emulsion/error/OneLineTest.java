package io.emulsion.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void spellsControlCharacters() {
    assertThat(OneLine.of("a\nb\r\tc\u001b[31m\u0000\u007f\u0085"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[31m\\u0000\\u007f\\u0085");
  }

  @Test
  void leavesAllOtherTextAsItIs() {
    String text = "C:\\new 'x' \u00e9 \u65e5\u672c \ud83d\ude00";
    assertThat(OneLine.of(text)).isEqualTo(text);
  }
}
