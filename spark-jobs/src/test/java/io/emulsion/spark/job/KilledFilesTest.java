package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * As {@link KilledProcessesTest}, where each image is a file: two views of two shards. Run by
 * {@code mvn -B -q verify -Pprocesses}.
 */
class KilledFilesTest extends KilledRuns {

  @BeforeAll
  static void makeOnce() throws IOException, InterruptedException {
    photos = TestImages.boxed(folder.resolve("photos"), 50);
    mixed = folder.resolve("mixed");
    makeOnce(command());
    assertThat(Folders.dataFiles(mixed)).hasSize(12 + 2 * 2 * 50);
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
    killAt(nth, call, command());
    makesTheDataSet(command());
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
    anOverwriteKilledAtWorksAgain(
        nth,
        call,
        command("--set=mix.seed=1", "--set=mix.views=3"),
        "files/view-002/notes.txt",
        command("--set=output.overwrite=true"));
  }
}
