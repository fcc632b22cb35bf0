package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.DoneShardParser;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that end at some of their ten shards, or claim an output; then the same command runs in
 * this JVM. Run by {@code mvn -B -q verify -Pprocesses}.
 */
class KilledAndResumedTest extends KilledRuns {
  private static final int INPUTS = 320;
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  @BeforeAll
  static void makeOnce() throws IOException, InterruptedException {
    photos = TestImages.classes(folder.resolve("photos"), INPUTS - 1);
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    mixed = folder.resolve("mixed");
    makeOnce(command());
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
                "--set=output.shard-samples=32"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static List<Path> done() throws IOException {
    try (Stream<Path> files = Files.walk(mixed.resolve(DataSetPaths.TEMPORARY_FOLDER))) {
      return files.filter(file -> file.toString().matches(".*/done/.*json")).toList();
    }
  }

  /**
   * Runs the command here: it takes over what is done, and reads the inputs of the others alone.
   */
  private static void makesTheRest(int least, int most) throws IOException {
    int shards = 0;
    long inputs = 0;
    for (Path file : done()) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 0) { // being written when the process ended
        inputs += DoneShardParser.fromJson(bytes, file.toString()).inputs();
        shards++;
      }
    }
    assertThat(shards).as("shards that were done").isBetween(least, most);
    Faults.clear();
    makesTheDataSet(command());
    assertThat(Faults.calls().stream().filter(call -> call.matches("open .*/photos/.*")))
        .as("inputs read")
        .hasSize((int) (INPUTS - inputs));
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve(DataSetPaths.REPORT)));
    assertThat(report.keptShards()).isEqualTo(shards);
    assertThat(report.records()).isEqualTo(2 * (INPUTS - 1));
    Ran.command("verify", mixed.toString()).ended();
  }

  @ParameterizedTest(name = "{0} of 10")
  @CsvSource({"3", "9"})
  void aRunThatWasKilledIsGoneOnWith(int shards) throws IOException, InterruptedException {
    killAt(shards + 1, "close .*/done/", command());
    makesTheRest(shards - 1, shards + 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"TERM, 143", "INT, 130"})
  void aRunThatWasStoppedBySignalIsGoneOnWith(String signal, int exitCode)
      throws IOException, InterruptedException {
    Child child = Child.start(folder, Fault.of(Action.PAUSE, 5, "close .*/done/"), command());
    child.awaitPause();
    child.signal(signal);
    Ran ran = child.end(10);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode).isIn(TERMINATED, INTERRUPTED);
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("emulsion: stopped by a signal. The same command, run again");
    assertThat(mixed.resolve(DataSetPaths.MANIFEST)).doesNotExist();
    assertThat(mixed.resolve("tfrecord")).doesNotExist();
    assertThat(mixed.resolve("_emulsion").toFile().list())
        .noneMatch(name -> name.startsWith("claim-"));
    makesTheRest(3, 9);
  }

  @Test
  void anotherProcessIsRefusedWhileOneWritesAndTakesOverWhenThatIsKilled()
      throws IOException, InterruptedException {
    Child child = Child.start(folder, Fault.of(Action.PAUSE, 5, "close .*/done/"), command());
    try {
      child.awaitPause();
      for (List<String> refused : List.of(command(), command("--set=mix.seed=1"))) {
        Ran.command(refused)
            .refused(
                4,
                "is being written by another run (process " + child.pid() + " on ",
                "wait until");
      }
    } finally {
      child.signal("KILL");
      child.end(10);
    }
    assertThat(mixed.resolve("_emulsion").toFile().list())
        .anyMatch(name -> name.startsWith("claim-"));
    long started = System.nanoTime();
    makesTheRest(3, 9);
    assertThat((System.nanoTime() - started) / 1_000_000_000).as("seconds").isLessThan(10);
  }
}
