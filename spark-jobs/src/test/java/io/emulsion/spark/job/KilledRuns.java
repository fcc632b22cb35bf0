package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed in processes of their own; then the same command, unchanged, runs in this
 * JVM. Run by {@code mvn -B -q verify -Pprocesses}.
 */
@Tag("processes")
abstract class KilledRuns {
  private static final int KILLED = 137;

  @TempDir static Path folder = Path.of("");
  static Path photos = Path.of("");
  static Path mixed = Path.of("");

  /** Of the data set that nobody interrupted. */
  static String hash = "";

  /** What the tests then start from: the hash, and Spark in this JVM. */
  static void makeOnce(List<String> command) throws IOException, InterruptedException {
    Child.start(folder, "", command).end().ended();
    hash = Folders.dataHash(mixed);
    LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    LocalSpark.stop();
  }

  @BeforeEach
  void startAnew() throws IOException {
    FileUtils.deleteDirectory(mixed.toFile());
  }

  /** Kills a process at its {@code nth} call of a file system that matches; no manifest is left. */
  static void killAt(int nth, String call, List<String> command)
      throws IOException, InterruptedException {
    Ran killed = Child.start(folder, Fault.of(Action.HALT, nth, call), command).end();
    assertThat(killed.exitCode()).as(killed.err()).isEqualTo(KILLED);
    assertThat(mixed.resolve(DataSetPaths.MANIFEST)).doesNotExist();
  }

  /** Runs the command here: it makes the data set, and leaves nothing else. */
  static void makesTheDataSet(List<String> command) throws IOException {
    Ran.command(command).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(mixed.resolve(DataSetPaths.TEMPORARY_FOLDER)).doesNotExist();
    assertThat(mixed.resolve(DataSetPaths.PUBLISHING)).doesNotExist();
  }

  /**
   * Kills a process that overwrites another data set.
   *
   * @param other makes that one
   * @param foreign path of a file below it that must stay
   */
  static void anOverwriteKilledAtWorksAgain(
      int nth, String call, List<String> other, String foreign, List<String> overwrite)
      throws IOException, InterruptedException {
    Ran.command(other).ended();
    Path mine = TestImages.file(mixed.resolve(foreign), "mine");
    killAt(nth, call, overwrite);
    Ran.command(overwrite).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(mine).hasContent("mine");
    Ran.command("verify", mixed.toString()).ended();
  }
}
