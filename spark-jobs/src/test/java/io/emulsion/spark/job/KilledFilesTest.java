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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As {@link KilledProcessesTest}, where each image is a file: two views of two shards. Run by
 * {@code mvn -B -q verify -Pprocesses}.
 */
@Tag("processes")
class KilledFilesTest {
  private static final int KILLED = 137;

  @TempDir static Path folder = Path.of("");
  private static Path photos = Path.of("");
  private static Path mixed = Path.of("");
  private static String hash = "";

  @BeforeAll
  static void makeOnce() throws IOException, InterruptedException {
    photos = TestImages.boxed(folder.resolve("photos"), 50);
    mixed = folder.resolve("mixed");
    Child.start(folder, "", command()).end().ended();
    hash = Folders.dataHash(mixed);
    assertThat(Folders.dataFiles(mixed)).hasSize(12 + 2 * 2 * 50);
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

  private static List<String> command(String... more) {
    List<String> arguments = FilesTest.arguments(photos, mixed, "--set=output.shard-samples=32");
    arguments.addAll(List.of(more));
    return arguments;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in a task that writes images, 20, create .*/task-.*jpg$",
    "in a task that writes an index, 2, close .*/task-.*jsonl$",
    "in publishing the images, 1, rename .*view-001/images/0000[01]$",
    "in publishing the labels, 3, rename .*/labels/0000[01]$",
    "in making annotations, 1, close .*/view-001/annotations.json",
    "before the manifest, 1, rename .*/manifest.json"
  })
  void aKilledRunLeavesNoManifestAndNothingInTheWay(String point, int nth, String call)
      throws IOException, InterruptedException {
    Ran killed = Child.start(folder, Fault.of(Action.HALT, nth, call), command()).end();
    assertThat(killed.exitCode()).as(killed.err()).isEqualTo(KILLED);
    assertThat(mixed.resolve(DataSetPaths.MANIFEST)).doesNotExist();
    Ran.command(command()).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(mixed.resolve(DataSetPaths.TEMPORARY_FOLDER)).doesNotExist();
    assertThat(mixed.resolve(DataSetPaths.PUBLISHING)).doesNotExist();
    Ran.command("verify", mixed.toString()).ended();
  }

  @ParameterizedTest
  @CsvSource({
    "1, delete .*/labels/0000[01]$",
    "2, rename .*/images/0000[01]$",
    "1, create .*/annotations.json"
  })
  void anOverwriteThatIsKilledWorksAgain(int nth, String call)
      throws IOException, InterruptedException {
    Ran.command(command("--set=mix.seed=1", "--set=mix.views=3")).ended();
    Path foreign = TestImages.file(mixed.resolve("files/view-002/notes.txt"), "mine");
    List<String> overwrite = command("--set=output.overwrite=true");
    Ran killed = Child.start(folder, Fault.of(Action.HALT, nth, call), overwrite).end();
    assertThat(killed.exitCode()).as(killed.err()).isEqualTo(KILLED);
    assertThat(mixed.resolve(DataSetPaths.MANIFEST)).doesNotExist();
    Ran.command(overwrite).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(foreign).hasContent("mine");
    Ran.command("verify", mixed.toString()).ended();
  }
}
