package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.FaultyObjectStore;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code output.publish: direct}, which is what {@code auto} means where files appear whole. */
class DirectPublishTest extends JobTest {
  private static final String OVERWRITE = "--set=output.overwrite=true";
  private String hash = "";

  @BeforeEach
  void mixByRename() throws IOException {
    Path renamed = folder.resolve("renamed");
    command("mix", photos.toString(), renamed.toString()).ended();
    hash = Folders.dataHash(renamed);
    Faults.clear();
  }

  private Ran mixDirectly(String... more) {
    return command("mix", FaultyFileSystem.pathOf(photos), FaultyObjectStore.pathOf(mixed), more);
  }

  @Test
  void tasksWriteFinalNamesAndTheBytesAreThoseOfARename() throws IOException {
    mixDirectly().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(Folders.tree(mixed).keySet())
        .doesNotContain(DataSetPaths.TEMPORARY_FOLDER, DataSetPaths.PUBLISHING);
    assertThat(Faults.calls()).noneMatch(call -> call.startsWith("rename "));
    verify().ended();
    assertThat(mixDirectly().ended().out()).contains("is already complete");
  }

  @Test
  void theRecordOfItsNamesComesFirstAndTheManifestLast() {
    mixDirectly().ended();
    List<String> visible = closedOrDeleted();
    assertThat(visible.get(0)).isEqualTo("close " + publishing());
    assertThat(visible).contains("close " + mixed.resolve(SHARD_0));
    assertThat(visible.subList(visible.size() - 2, visible.size()))
        .containsExactly("close " + manifest(), "delete " + publishing());
  }

  @Test
  void anOldManifestGoesBeforeTheFirstTaskWrites() throws IOException {
    mixDirectly("--set=mix.seed=1").ended();
    Faults.clear();
    mixDirectly(OVERWRITE).ended();
    List<String> visible = closedOrDeleted();
    assertThat(visible.indexOf("delete " + manifest()))
        .isBetween(0, visible.indexOf("close " + mixed.resolve(SHARD_0)) - 1);
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  /** In the order in which others see it; without the run's private files and its claim. */
  private List<String> closedOrDeleted() {
    return Faults.calls().stream()
        .filter(call -> call.matches("(close|delete) .*"))
        .filter(call -> !call.contains(DataSetPaths.TEMPORARY_FOLDER))
        .filter(call -> !call.contains("/claim-"))
        .toList();
  }

  @Test
  void aShardThatIsGivenUpHalfWayIsNeverSeen() throws IOException {
    Faults.set(Fault.of(Action.FAIL, 9, "open .*/photos/"));
    mixDirectly("--set=read.in-flight=1").refused(5, "Failed on purpose");
    assertThat(mixed.resolve(SHARD_0)).doesNotExist();
    assertThat(publishing()).exists();
    Faults.clear();
    mixDirectly().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void whatAFailedRunLeftIsReplacedByOthersOnlyWhereTheyMay() throws IOException {
    Faults.set(Fault.of(Action.FAIL, 1, "close .*/manifest.json"));
    mixDirectly("--set=mix.seed=1").refused(6, "It is not known whether", "run verify");
    Faults.clear();
    assertThat(mixed.resolve(SHARD_0)).exists();
    verify().refused(2, "is no data set");
    mixDirectly().refused(4, "holds files of a run with other options");
    mixDirectly(OVERWRITE).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void finishedShardsAreNotMadeAgain() throws IOException {
    failWhenAllShardsAreDone();
    mixDirectly().ended();
    assertThat(Faults.calls()).noneMatch(call -> call.matches("open .*/photos/.*"));
    assertThat(keptShards()).isEqualTo(1);
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(Folders.tree(mixed).keySet()).doesNotContain(DataSetPaths.TEMPORARY_FOLDER);
  }

  @Test
  void aFinishedShardThatWasDamagedSinceIsMadeAgain() throws IOException {
    failWhenAllShardsAreDone();
    Files.writeString(mixed.resolve(SHARD_1), "!", StandardOpenOption.WRITE);
    mixDirectly().ended();
    assertThat(keptShards()).isZero();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  private void failWhenAllShardsAreDone() {
    Faults.set(Fault.of(Action.FAIL, 1, "close .*/labels.txt"));
    mixDirectly().refused(5, "Failed on purpose");
    Faults.clear();
    assertThat(mixed.resolve(SHARD_0)).exists();
    assertThat(manifest()).doesNotExist();
  }

  private long keptShards() throws IOException {
    return Report.fromJson(Files.readAllBytes(mixed.resolve(DataSetPaths.REPORT))).keptShards();
  }

  @Test
  void addedViewsAreThoseOfOneRun() throws IOException {
    Path renamed = folder.resolve("renamed-passes");
    String passes = "--set=mix.views-per-pass=1";
    command("mix", photos.toString(), renamed.toString(), passes).ended();
    mixDirectly(passes, "--set=mix.views=1").ended();
    FileTime before = Files.getLastModifiedTime(mixed.resolve(SHARD_0));
    mixDirectly(passes, "--set=output.append=true").ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(Folders.dataHash(renamed));
    assertThat(Files.getLastModifiedTime(mixed.resolve(SHARD_0))).isEqualTo(before);
    verify().ended();
  }

  @Test
  void strangersFilesAreRefusedBeforeAndBesideOurs() throws IOException {
    Path stranger = mixed.resolve("tfrecord/view-000/other.tfrecord");
    TestImages.file(stranger, "mine");
    mixDirectly().refused(4, "other.tfrecord is not of a data set of Emulsion");
    Files.delete(stranger);
    for (String name : List.of("README.md", "tfrecord/view-000/other.tfrecord")) {
      Path late = mixed.resolve(name);
      Faults.set(Fault.run(5, "open .*photos", () -> write(late)));
      mixDirectly().refused(4, name + " is not of a data set of Emulsion");
      assertThat(late).hasContent("mine");
      assertThat(manifest()).doesNotExist();
      FileUtils.deleteDirectory(mixed.toFile());
    }
    Faults.clear();
    mixDirectly().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  private static void write(Path file) {
    try {
      TestImages.file(file, "mine");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void renameIsThereForObjectStoresToo() throws IOException {
    mixDirectly("--set=output.publish=rename").ended();
    assertThat(Faults.calls()).contains("rename " + manifest());
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  @Test
  void directIsRefusedWhereFilesAreSeenBeforeTheyAreComplete() {
    mix("--set=output.publish=direct")
        .refused(2, "output.publish is direct, but in faulty:" + mixed, "set output.publish to");
    assertThat(mixed).doesNotExist();
  }
}
