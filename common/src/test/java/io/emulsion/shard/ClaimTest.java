package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Claim} and {@link ClaimParser}. */
class ClaimTest {
  private static final Claim CLAIM =
      new Claim(
          "t", false, new Claim.Holder("h", "p", 12, 34), "2026-01-01T00:00:00Z", 5, List.of());
  private static final String GOLDEN =
      """
      {"token":"t","held":"false","host":"h","place":"p","pid":12,"started":34,\
      "since":"2026-01-01T00:00:00Z","beats":5,"over":[]}
      """;

  @Test
  void isOneLine() throws IOException {
    byte[] json = ClaimParser.toJson(CLAIM);
    assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
    assertThat(ClaimParser.fromJson(json, "claim")).isEqualTo(CLAIM);
    Claim held = CLAIM.hold(List.of("x", "y"));
    assertThat(held.held()).isTrue();
    assertThat(ClaimParser.fromJson(ClaimParser.toJson(held), "claim")).isEqualTo(held);
  }

  @Test
  void moves() {
    assertThat(CLAIM.beat().beats()).isEqualTo(6);
    assertThat(CLAIM.beat().hold(List.of()).beats()).isEqualTo(7);
  }

  @Test
  void isDamagedWhereItIsCut() {
    byte[] json = ClaimParser.toJson(CLAIM);
    for (int size = 0; size < json.length - 1; size++) {
      byte[] cut = Arrays.copyOf(json, size);
      assertThatThrownBy(() -> ClaimParser.fromJson(cut, "claim"))
          .isInstanceOf(DamagedShardException.class)
          .hasMessageStartingWith("claim is damaged at line");
    }
  }

  @Test
  void hasAFileOfItsOwnForEachRun() {
    assertThat(DataSetPaths.claim("t")).isEqualTo("_emulsion/claim-t");
    assertThat(DataSetPaths.claimant("claim-t")).isEqualTo("t");
    assertThat(DataSetPaths.claimant("manifest.json")).isNull();
  }
}
