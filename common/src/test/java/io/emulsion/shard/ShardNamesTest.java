package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things are called what: {@link ShardNames}, {@link DataSetPaths}, {@link ShardFormats}. */
class ShardNamesTest {
  private static final ShardNames NAMES = new ShardNames("tfrecord", "tfr", "tr.in", 2, 313);

  @Test
  void namesFormatViewSplitAndShard() {
    assertThat(NAMES.path(1, 12)).isEqualTo("tfrecord/view-001/tr.in-00012-of-00313.tfr");
    assertThat(NAMES.folder(1)).isEqualTo("tfrecord/view-001");
  }

  @Test
  void growsDigits() {
    ShardNames many = new ShardNames("tfrecord", "tfr", "train", 2000, 200_000);
    String path = "tfrecord/view-1234/train-123456-of-200000.tfr";
    assertThat(many.path(1234, 123_456)).isEqualTo(path);
    assertThat(many.covers(path)).isTrue();
  }

  @Test
  void coversEachOfItsPaths() {
    for (int view = 0; view < 2; view++) {
      for (int shard = 0; shard < 313; shard++) {
        assertThat(NAMES.covers(NAMES.path(view, shard))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tfrecord/view-002/tr.in-00012-of-00313.tfr",
        "tfrecord/view-001/tr.in-00313-of-00313.tfr",
        "tfrecord/view-001/tr.in-00012-of-00314.tfr",
        "tfrecord/view-001/tr.in-000012-of-00313.tfr",
        "tfrecord/view-0001/tr.in-00012-of-00313.tfr",
        "tfrecord/view-001/tr.in-00012-of-00313.tfr.idx",
        "tfrecord/view-001/tr.in-00012-of-00313.tfr\n",
        "tfrecord/view-001/trxin-00012-of-00313.tfr",
        "x/tfrecord/view-001/tr.in-00012-of-00313.tfr",
        "tfrecord/view-001/tr.in-9999999999-of-00313.tfr"
      })
  void coversNothingElse(String path) {
    assertThat(NAMES.covers(path)).isFalse();
  }

  @Test
  void hasAQuarantineFileForEachShard() {
    assertThat(DataSetPaths.quarantine(7)).isEqualTo("_emulsion/quarantine/part-00007.jsonl");
    assertThat(DataSetPaths.quarantine(123_456))
        .isEqualTo("_emulsion/quarantine/part-123456.jsonl");
  }

  @Test
  void knowsNoFormatOfAnotherName() {
    assertThatThrownBy(() -> ShardFormats.named("tfrecords"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageMatching("output.format must be one of \\[.*tfrecord.*], but is 'tfrecords'")
        .extracting("exitCode")
        .isEqualTo(ExitCode.USAGE);
  }
}
