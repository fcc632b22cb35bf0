package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@link QuarantineLine} and {@link QuarantineLineParser}. */
class QuarantineLineTest {
  private static final QuarantineLine LINE =
      new QuarantineLine("dog/\n\u00e9\u0001\"1.jpg", "TRUNCATED", "Ends early", 5_000_000_000L);
  private static final String GOLDEN =
      "{\"id\":\"dog/\\n\u00e9\\u0001\\\"1.jpg\",\"reason\":\"TRUNCATED\","
          + "\"message\":\"Ends early\",\"bytes\":5000000000}";

  @Test
  void isOneLineWhateverTheIdHolds() {
    assertThat(QuarantineLineParser.toJson(LINE)).isEqualTo(GOLDEN);
  }

  @Test
  void isReadBack() throws IOException {
    assertThat(QuarantineLineParser.fromJson(GOLDEN)).isEqualTo(LINE);
  }

  @Test
  void refusesWhatIsNotWritten() {
    assertDamaged(GOLDEN.substring(0, 20), "Unexpected end-of-input: was expecting closing quote");
    assertDamaged("", "has its end instead of START_OBJECT");
    assertDamaged(GOLDEN + GOLDEN, "more follows after its end");
    assertDamaged(GOLDEN.replace("reason", "cause"), "has key 'cause' where 'reason' belongs");
    assertDamaged(GOLDEN.replace(":5", ":-5"), "bytes is -5000000000, not in");
  }

  private static void assertDamaged(String text, String message) {
    assertThatThrownBy(() -> QuarantineLineParser.fromJson(text))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith("A line of _emulsion/quarantine is damaged at line 1: " + message);
  }
}
