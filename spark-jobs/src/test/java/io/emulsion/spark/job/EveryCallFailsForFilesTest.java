package io.emulsion.spark.job;

import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Of a detection into files: 6 images, 24 files of records. */
class EveryCallFailsForFilesTest extends AbstractCallFailsTest {
  @Override
  List<String> draw(Path photos, Path output) throws IOException {
    return FilesTest.arguments(TestImages.boxed(photos, 6), output);
  }

  @Override
  int stride() {
    return 29;
  }

  @Override
  String format() {
    return "files";
  }
}
