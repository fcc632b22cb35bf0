package io.emulsion.spark.job;

import io.emulsion.spark.testing.FaultyObjectStore;
import java.nio.file.Path;

/** Tasks write final names: in and out of an object store. */
class EveryCallFailsOnObjectStoreTest extends EveryCallFailsTest {
  @Override
  String pathOf(Path file) {
    return FaultyObjectStore.pathOf(file);
  }
}
