package io.emulsion.spark.job;

import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Of a classification: 12 images, one of them unusable. */
class EveryCallFailsTest extends AbstractCallFailsTest {
  @Override
  List<String> draw(Path photos, Path output) throws IOException {
    TestImages.classes(photos, 11);
    TestImages.file(photos.resolve("c/no picture.jpg"), "text");
    return List.of(
        "mix",
        "--input=" + pathOf(photos),
        "--output=" + pathOf(output),
        "--set=image.size=8",
        "--set=mix.views=2");
  }

  /** Where the commands find a local file. */
  String pathOf(Path file) {
    return FaultyFileSystem.pathOf(file);
  }

  @Override
  int stride() {
    return 13;
  }

  @Override
  String format() {
    return "tfrecord";
  }
}
