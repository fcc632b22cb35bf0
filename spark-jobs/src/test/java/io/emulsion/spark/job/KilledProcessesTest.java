package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole processes that are killed, or stopped by SIGTERM; then the same command, unchanged, runs in
 * this JVM. Two shards in two views and two formats. Run by {@code mvn -B -q verify -Pprocesses}.
 */
class KilledProcessesTest extends KilledRuns {
  private static final int TERMINATED = 143;

  @BeforeAll
  static void makeOnce() throws IOException, InterruptedException {
    photos = TestImages.classes(folder.resolve("photos"), 39);
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    mixed = folder.resolve("mixed");
    makeOnce(command());
    assertThat(Folders.dataFiles(mixed)).hasSize(12);
  }

  private static List<String> command(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mix",
                "--input=" + FaultyFileSystem.pathOf(photos),
                "--output=" + FaultyFileSystem.pathOf(mixed),
                "--set=image.size=8",
                "--set=mix.views=2",
                "--set=image.augment=[random-resized-crop, flip]",
                "--set=output.format=[tfrecord, parquet]",
                "--set=output.shard-samples=32"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "snapshot, 1, close .*/references-",
    "in a task, 9, open .*photos",
    "in a task that writes, 3, close .*/task-.*tfrecord$",
    "before publishing, 1, create .*/publishing.json",
    "before publishing and half written, 1, close .*/publishing.json",
    "before publishing is told, 1, rename .*/publishing.json",
    "in publishing, 2, rename .*tfrecord$",
    "in publishing the other format, 2, rename .*parquet$",
    "after publishing, 1, create .*/report.json",
    "before the manifest, 1, rename .*/manifest.json"
  })
  void aKilledRunLeavesNoManifestAndNothingInTheWay(String point, int nth, String call)
      throws IOException, InterruptedException {
    killAt(nth, call, command());
    sameCommandWorks();
  }

  @ParameterizedTest
  @CsvSource({"1, delete .*labels.txt", "2, rename .*tfrecord$", "1, rename .*/manifest.json"})
  void anOverwriteThatIsKilledWorksAgain(int nth, String call)
      throws IOException, InterruptedException {
    anOverwriteKilledAtWorksAgain(
        nth,
        call,
        command("--set=mix.seed=1", "--set=mix.views=3"),
        "tfrecord/view-002/notes.txt",
        command("--set=output.overwrite=true"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "snapshot, 1, list .*photos$",
    "in a task, 9, open .*photos",
    "in publishing, 2, rename .*tfrecord$",
    "before the manifest, 1, rename .*/manifest.json",
    "after the manifest, 1, open .*/report.json"
  })
  void sigtermEndsARunWithOneLine(String point, int nth, String call)
      throws IOException, InterruptedException {
    Child child = Child.start(folder, Fault.of(Action.PAUSE, nth, call), command());
    child.awaitPause();
    child.terminate();
    checkTerminated(child.end(10));
    sameCommandWorks();
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 1400, 2100, 2800, 3500, 4500, 6000})
  void sigtermAtAnyTimeLeavesNoneOrAWholeDataSet(int milliseconds)
      throws IOException, InterruptedException {
    Child child = Child.start(folder, "", command());
    TimeUnit.MILLISECONDS.sleep(milliseconds);
    child.terminate();
    Ran ran = child.end(10);
    if (ran.exitCode() == 0) {
      assertThat(ran.err()).isEmpty();
    } else if (ran.err().isEmpty()) { // before the JVM had begun with main
      assertThat(ran.exitCode()).isEqualTo(TERMINATED);
    } else {
      checkTerminated(ran);
    }
    sameCommandWorks();
  }

  @Test
  void aKilledRunOfAnotherCommandIsNotTakenOver() throws IOException, InterruptedException {
    Fault fault = Fault.of(Action.HALT, 2, "rename .*tfrecord$");
    Child.start(folder, fault, command("--set=mix.seed=1")).end();
    Ran.command(command()).refused(4, "did not end", "output.overwrite=true");
    Ran.command(command("--set=output.overwrite=true")).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }

  private static void checkTerminated(Ran ran) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(TERMINATED);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("emulsion: stopped by a signal. The same command, run again");
  }

  private static void sameCommandWorks() throws IOException {
    if (Files.exists(mixed.resolve(DataSetPaths.MANIFEST))) {
      assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    }
    makesTheDataSet(command());
  }
}
