package io.emulsion.spark.job;

import io.emulsion.spark.testing.FaultyObjectStore;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tasks write final names: 12 images, one of them unusable, in and out of an object store. */
class EveryCallFailsOnObjectStoreTest extends AbstractCallFailsTest {
  @Override
  List<String> draw(Path photos, Path output) throws IOException {
    TestImages.classes(photos, 11);
    TestImages.file(photos.resolve("c/no picture.jpg"), "text");
    return List.of(
        "mix",
        "--input=" + FaultyObjectStore.pathOf(photos),
        "--output=" + FaultyObjectStore.pathOf(output),
        "--set=image.size=8",
        "--set=mix.views=2");
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
