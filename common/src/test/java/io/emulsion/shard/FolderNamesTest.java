package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies beside the shards of a {@link FolderFormat}: {@link RecordFolders}, {@link Listings}.
 */
class FolderNamesTest {
  private static final ShardNames NAMES = new ShardNames("files", "jsonl", "train", 2, 313);

  @Test
  void eachShardHasAFolderOfEachKind() {
    assertThat(NAMES.path(1, 12)).isEqualTo("files/view-001/train-00012-of-00313.jsonl");
    assertThat(RecordFolders.beside(NAMES.path(1, 12)))
        .containsExactly("files/view-001/images/00012", "files/view-001/labels/00012");
    assertThat(RecordFolders.path(NAMES, 1, "images", 12)).isEqualTo("files/view-001/images/00012");
  }

  @Test
  void nothingLiesBesideOtherFiles() {
    assertThat(RecordFolders.beside("tfrecord/view-001/train-00012-of-00313.tfrecord")).isEmpty();
    assertThat(RecordFolders.beside("files/view-001/annotations.json")).isEmpty();
    assertThat(RecordFolders.beside("labels.txt")).isEmpty();
    ShardNames tfrecord = new ShardNames("tfrecord", "tfrecord", "train", 2, 313);
    assertThat(Listings.of(tfrecord)).isEmpty();
    assertThat(tfrecord.covers("tfrecord/data.yaml")).isFalse();
    assertThat(tfrecord.covers("tfrecord/view-000/images/00000")).isFalse();
  }

  @Test
  void listsWhatIsMadeOfWholeViews() {
    assertThat(Listings.of(NAMES))
        .containsExactly(
            "files/data.yaml",
            "files/view-000/annotations.json",
            "files/view-000/data.yaml",
            "files/view-001/annotations.json",
            "files/view-001/data.yaml");
  }

  @Test
  void coversEachOfItsPaths() {
    assertThat(Listings.of(NAMES)).allMatch(NAMES::covers).noneMatch(NAMES::isShard);
    for (int shard = 0; shard < 313; shard++) {
      String path = NAMES.path(1, shard);
      assertThat(NAMES.isShard(path) && NAMES.covers(path)).isTrue();
      assertThat(RecordFolders.beside(path))
          .allMatch(NAMES::covers)
          .allMatch(RecordFolders::isOne)
          .noneMatch(NAMES::isShard);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files/view-002/annotations.json",
        "files/view-0001/annotations.json",
        "files/annotations.json",
        "files/view-001/other.json",
        "annotations.json",
        "data.yaml",
        "tfrecord/data.yaml",
        "x/files/data.yaml",
        "files/view-001/images",
        "files/view-001/images/00313",
        "files/view-001/images/000012",
        "files/view-002/images/00012",
        "files/view-001/masks/00012",
        "files/view-001/images/00012/v001-00012-00000.jpg",
        "tfrecord/view-001/images/00012"
      })
  void coversNothingElse(String path) {
    assertThat(NAMES.covers(path)).isFalse();
  }

  @Test
  void knowsWhichFilesAFolderMayHold() {
    String folder = "files/view-001/images/00012";
    assertThat(RecordFolders.mayHold(folder, "v001-00012-00000.jpg")).isTrue();
    assertThat(RecordFolders.mayHold(folder, "v001-00011-00000.jpg")).isFalse();
    assertThat(RecordFolders.mayHold(folder, "v001-00012-00000.npy")).isFalse();
    assertThat(RecordFolders.mayHold("tfrecord/view-001/images/00012", "v001-00012-00000.jpg"))
        .isFalse();
    assertThat(RecordFolders.mayHold("files/view-001", "v001-00012-00000.jpg")).isFalse();
  }
}
