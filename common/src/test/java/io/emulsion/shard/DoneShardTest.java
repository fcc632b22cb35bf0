package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.random.IdDigest;
import io.emulsion.shard.FragmentEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@link DoneShardParser}. */
class DoneShardTest {
  private static final DoneShard DONE =
      new DoneShard(
          1,
          12,
          40,
          "d".repeat(32),
          2,
          new IdDigest(-1, 3),
          76,
          5000,
          new TreeMap<>(Map.of("read", 7L)),
          List.of(
              new FragmentEntry(
                  Kind.SHARD, "f", new ShardInfo("a/b", 38, 44, "a".repeat(64)), "0".repeat(32))));
  private static final String GOLDEN =
      """
      {"pass":1,"shard":12,"inputs":40,"listed":"dddddddddddddddddddddddddddddddd","bad":2,\
      "bad_digest_high":-1,"bad_digest_low":3,"records":76,"bytes":5000,\
      "nanos":[{"stage":"read","nanos":7}],\
      "files":[{"kind":"shard","folder":"f","beside":"00000000000000000000000000000000",\
      "path":"a/b","records":38,"bytes":44,\
      "sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}
      """;

  @Test
  void isALineAndItsHash() throws IOException {
    String line = GOLDEN.strip();
    byte[] json = DoneShardParser.toJson(DONE);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(line + "\n" + Sha256.of(line.getBytes(StandardCharsets.UTF_8)) + "\n");
    DoneShard read = DoneShardParser.fromJson(json, "done");
    assertThat(read).usingRecursiveComparison().isEqualTo(DONE);
  }

  @Test
  void isDamagedWhereOneByteIsMissingOrOther() {
    byte[] json = DoneShardParser.toJson(DONE);
    for (int i = 0; i < json.length; i++) {
      byte[] flipped = json.clone();
      flipped[i] ^= 1;
      assertDamaged(flipped);
      assertDamaged(Arrays.copyOf(json, i));
    }
    assertDamaged(Arrays.copyOf(json, json.length + 1));
  }

  private static void assertDamaged(byte[] json) {
    assertThatThrownBy(() -> DoneShardParser.fromJson(json, "done"))
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("done is damaged: its SHA-256 is not the one it ends with");
  }
}
