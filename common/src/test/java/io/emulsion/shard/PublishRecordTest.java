package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link PublishRecord} and {@link PublishRecordParser}. */
class PublishRecordTest {
  private static final PublishRecord RECORD =
      new PublishRecord(
          "00ff",
          List.of(
              new ShardNames("tfrecord", "tfrecord", "train", 2, 313),
              new ShardNames("webdataset", "tar", "train", 2, 313)));
  private static final String GOLDEN =
      "{\"fingerprint\":\"00ff\",\"covers\":["
          + "{\"format\":\"tfrecord\",\"extension\":\"tfrecord\",\"split\":\"train\",\"views\":2,"
          + "\"shards\":313},"
          + "{\"format\":\"webdataset\",\"extension\":\"tar\",\"split\":\"train\",\"views\":2,"
          + "\"shards\":313}]}\n";

  @Test
  void isOneLineOfJson() {
    assertThat(PublishRecordParser.toJson(RECORD)).asString().isEqualTo(GOLDEN);
  }

  @Test
  void isReadBack() throws IOException {
    assertThat(parse(GOLDEN)).isEqualTo(RECORD);
    PublishRecord none = new PublishRecord("f", List.of());
    assertThat(PublishRecordParser.fromJson(PublishRecordParser.toJson(none))).isEqualTo(none);
  }

  @Test
  void coversTheNamesOfAllItsFormats() {
    assertThat(RECORD.covers("tfrecord/view-001/train-00312-of-00313.tfrecord")).isTrue();
    assertThat(RECORD.covers("webdataset/view-000/train-00000-of-00313.tar")).isTrue();
    assertThat(RECORD.covers("tfrecord/view-000/train-00000-of-00313.tar")).isFalse();
    assertThat(RECORD.covers("tfrecord/view-002/train-00000-of-00313.tfrecord")).isFalse();
  }

  @Test
  void showsACutAnywhere() {
    byte[] whole = GOLDEN.getBytes(StandardCharsets.UTF_8);
    for (int size = 0; size < whole.length - 1; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatThrownBy(() -> PublishRecordParser.fromJson(cut))
          .isInstanceOf(DamagedShardException.class)
          .hasMessageStartingWith("_emulsion/publishing.json is damaged at line 1: ");
    }
  }

  @Test
  void refusesWhatIsNotWritten() {
    assertDamaged("\"train\"", "\"../train\"", "split is '../train', not a name");
    assertDamaged("\"webdataset\"", "\"..\"", "format is '..', not a name");
    assertDamaged("\"tar\"", "\"\"", "extension is '', not a name");
    assertDamaged("\"views\":2", "\"views\":0", "views is 0, not in [1, 2147483647]");
    assertDamaged("313}]}", "313}]} {}", "more follows after its end");
    assertDamaged("\"covers\"", "\"cover\"", "has key 'cover' where 'covers' belongs");
  }

  private static void assertDamaged(String part, String replacement, String message) {
    assertThat(GOLDEN).contains(part);
    assertThatThrownBy(() -> parse(GOLDEN.replace(part, replacement)))
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("_emulsion/publishing.json is damaged at line 1: " + message);
  }

  private static PublishRecord parse(String text) throws IOException {
    return PublishRecordParser.fromJson(text.getBytes(StandardCharsets.UTF_8));
  }
}
