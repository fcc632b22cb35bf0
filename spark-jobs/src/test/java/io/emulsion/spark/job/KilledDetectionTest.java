package io.emulsion.spark.job;

import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that are killed while they mix images with boxes; then the same command, unchanged,
 * runs in this JVM. YOLO labels beside the images, of which every third has none.
 */
class KilledDetectionTest extends KilledRuns {

  @BeforeAll
  static void makeOnce() throws IOException, InterruptedException {
    photos = TestImages.classes(folder.resolve("photos"), 39);
    label(photos);
    TestImages.file(folder.resolve("names.txt"), "cat\ndog\n");
    mixed = folder.resolve("mixed");
    makeOnce(command());
  }

  private static void label(Path root) throws IOException {
    List<Path> images;
    try (Stream<Path> paths = Files.walk(root)) {
      images = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (int i = 0; i < images.size(); i++) {
      if (i % 3 > 0) {
        String name = images.get(i).getFileName().toString().replaceFirst("\\.[^.]*$", ".txt");
        TestImages.file(
            images.get(i).resolveSibling(name),
            i % 2 + " 0.5 0.25 0.5 0.5\n1 0.25 0.5 0.125 0.25\n");
      }
    }
  }

  private static List<String> command() {
    return List.of(
        "mix",
        "--input=" + FaultyFileSystem.pathOf(photos),
        "--output=" + FaultyFileSystem.pathOf(mixed),
        "--set=task=detection",
        "--set=input.format=yolo",
        "--set=label.classes=" + folder.resolve("names.txt"),
        "--set=mix.views=2",
        "--set=image.augment=flip",
        "--set=output.format=[tfrecord, parquet]",
        "--set=output.shard-samples=32");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "in a task, 9, open .*photos",
    "in a task that writes, 3, close .*/task-.*tfrecord$",
    "in publishing, 2, rename .*parquet$",
    "before the manifest, 1, rename .*/manifest.json"
  })
  void aKilledRunLeavesNoManifestAndNothingInTheWay(String point, int nth, String call)
      throws IOException, InterruptedException {
    killAt(nth, call, command());
    makesTheDataSet(command());
    Ran.command("verify", mixed.toString()).ended();
  }
}
