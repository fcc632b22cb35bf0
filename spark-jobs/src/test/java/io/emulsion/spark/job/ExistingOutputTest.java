package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run does to what it finds in its output folder. */
class ExistingOutputTest extends JobTest {
  private static final String OVERWRITE = "--set=output.overwrite=true";
  private static final String OTHER = "--set=mix.seed=1";

  @Test
  void theSameCommandAgainTouchesNoFile() throws IOException {
    mix().ended();
    SortedMap<String, String> before = Folders.tree(mixed);
    Ran again = mix().ended();
    assertThat(again.out()).contains("faulty:" + mixed + " is already complete: nothing to do");
    assertThat(again.err()).isEmpty();
    assertThat(Folders.tree(mixed)).isEqualTo(before);
    mix(OVERWRITE).ended();
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @Test
  void aDataSetIsCompleteWithoutItsReport() throws IOException {
    mix().ended();
    Files.delete(mixed.resolve("_emulsion/report.json"));
    assertThat(mix().ended().out()).contains("is already complete");
  }

  @Test
  void anotherRunsDataSetIsRefusedAndStays() throws IOException {
    mix().ended();
    SortedMap<String, String> before = Folders.tree(mixed);
    mix(OTHER)
        .refused(4, "holds a data set that was made with other options", "output.overwrite=true");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @Test
  void anotherInputIsAnotherRun() throws IOException {
    mix().ended();
    TestImages.file(photos.resolve("a/more.jpg"), TestImages.jpeg(99));
    mix().refused(4, "other options or inputs");
  }

  @Test
  void overwriteReplacesOursAloneAndKeepsForeignFiles() throws IOException {
    mix("--set=mix.views=3").ended();
    TestImages.file(mixed.resolve("tfrecord/view-000/train.idx"), "mine");
    TestImages.file(mixed.resolve("tfrecord/view-002/deeper/old.tfrecord"), "mine");
    TestImages.file(mixed.resolve("notes/README.md"), "mine");
    TestImages.file(mixed.resolve("parquet/view-000/train-00000-of-00001.parquet"), "mine");
    mix(OTHER, OVERWRITE).ended();
    verify().ended();
    assertThat(mixed.resolve("tfrecord/view-002/train-00000-of-00001.tfrecord")).doesNotExist();
    assertThat(Folders.tree(mixed).keySet())
        .contains(
            "tfrecord/view-000/train.idx",
            "tfrecord/view-002/deeper/old.tfrecord",
            "notes/README.md",
            "parquet/view-000/train-00000-of-00001.parquet");
    String replaced = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    mix(OTHER).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(replaced);
  }

  @Test
  void theOldDataSetStaysWhereTheJobFailsBeforeItPublishes() throws IOException {
    mix().ended();
    String hash = Folders.dataHash(mixed);
    Faults.set(Fault.of(Action.FAIL, 1, "read .*/c/8.jpg"));
    mix(OTHER, OVERWRITE).refused(5, "on purpose");
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
    assertThat(mix().ended().out()).contains("is already complete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete .*/manifest.json",
        "delete .*view-000.*tfrecord$",
        "delete .*/publishing.json",
        "rename .*/publishing.json",
        "rename .*view-001.*tfrecord$",
        "create .*/labels.txt",
        "rename .*/manifest.json"
      })
  void anOverwriteThatDiesMidwayWorksAgainAndLetsNoOtherRunIn(String call) throws IOException {
    mix(OTHER, OVERWRITE).ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    mix("--set=mix.views=3").ended();

    Faults.set(Fault.of(Action.FAIL_AFTER, 1, call));
    Ran failed = mix(OTHER, OVERWRITE);
    Faults.clear();
    if (call.startsWith("delete .*/publishing")) { // the last call of a run that ended well
      failed.ended();
      assertThat(failed.err()).isEmpty();
    } else {
      assertThat(failed.exitCode()).as(failed.err()).isIn(5, 6);
    }
    if (!Files.exists(manifest())) {
      mix("--set=mix.seed=2").refused(4, "did not end", "output.overwrite=true");
    }
    mix(OTHER, OVERWRITE).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
    assertThat(publishing()).doesNotExist();
    assertThat(mixed.resolve("tfrecord/view-002/train-00000-of-00001.tfrecord")).doesNotExist();
  }

  /** One overwrite dies, another takes over and dies, a third one makes its data set. */
  @Test
  void aChainOfDeadOverwritesLeavesNothingInTheWay() throws IOException {
    mix("--set=mix.views=3").ended();
    Faults.set(Fault.of(Action.FAIL, 1, "rename .*view-001.*tfrecord$"));
    mix(OTHER, OVERWRITE, "--set=output.split=test").refused(5, "on purpose");
    for (String call :
        new String[] {"delete .*view", "delete .*/publishing.json", "write .*/publishing.json"}) {
      Faults.set(Fault.of(Action.FAIL_AFTER, 1, call));
      mix("--set=mix.seed=2", OVERWRITE).refused(5, call.substring(0, 6));
    }
    Faults.clear();
    mix("--set=mix.seed=3", OVERWRITE).ended();
    verify().ended();
    Map<String, String> tree = new TreeMap<>(Folders.tree(mixed));
    tree.values().removeIf("folder"::equals);
    assertThat(tree.keySet())
        .containsExactly(
            "README.md",
            "_emulsion/manifest.json",
            "_emulsion/report.json",
            "labels.txt",
            SHARD_0,
            SHARD_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "labels.txt",
        SHARD_0,
        "tfrecord/view-000/train-00003-of-00009.tfrecord",
        "tfrecord/view-000/any.tfrecord"
      })
  void aForeignFileUnderOneOfOurNamesIsRefusedBeforeAnyWork(String path) throws IOException {
    TestImages.file(mixed.resolve(path), "mine");
    SortedMap<String, String> before = Folders.tree(mixed);
    Faults.clear();
    mix().refused(4, path + " is not of a data set of Emulsion", "choose another --output");
    mix(OVERWRITE).refused(4, path + " is not of a data set of Emulsion");
    assertThat(Faults.calls()).noneMatch(call -> call.contains("photos"));
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @Test
  void aForeignShardBesideADataSetIsRefused() throws IOException {
    mix().ended();
    TestImages.file(mixed.resolve("tfrecord/view-000/train-00001-of-00002.tfrecord"), "mine");
    SortedMap<String, String> before = Folders.tree(mixed);
    mix(OTHER, OVERWRITE).refused(4, "train-00001-of-00002.tfrecord is not of a data set");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }

  @Test
  void foreignFilesWithOtherNamesDoNotMatter() throws IOException {
    TestImages.file(mixed.resolve("notes.txt"), "mine");
    TestImages.file(mixed.resolve("tfrecord/view-000/train.idx"), "mine");
    mix().ended();
    verify().ended();
    assertThat(mixed.resolve("notes.txt")).hasContent("mine");
    assertThat(mixed.resolve("tfrecord/view-000/train.idx")).hasContent("mine");
  }

  @Test
  void anOutputThatIsAFileIsRefused() throws IOException {
    TestImages.file(mixed, "mine");
    mix().refused(2, "The output faulty:" + mixed + " is a file");
    assertThat(mixed).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {SHARD_1, "labels.txt", "README.md", "_emulsion/quarantine/part-00000.jsonl"})
  void aMissingOrCutFileIsMadeAgain(String path) throws IOException {
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    mix().ended();
    String hash = Folders.dataHash(mixed);
    Files.delete(mixed.resolve(path));
    Ran mended = mix().ended();
    assertThat(mended.err())
        .isEqualTo("emulsion: " + path + " is missing or cut: making the data set again" + "\n");
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);

    Files.writeString(mixed.resolve(path), "x");
    mix().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "publishing.json"})
  void aDamagedRecordOfWhatIsOursIsRefused(String name) throws IOException {
    mix().ended();
    Files.writeString(mixed.resolve("_emulsion/" + name), "{");
    SortedMap<String, String> before = Folders.tree(mixed);
    mix(OVERWRITE).refused(4, "_emulsion/" + name + " is damaged", "move the folder away");
    assertThat(Folders.tree(mixed)).isEqualTo(before);
  }
}
