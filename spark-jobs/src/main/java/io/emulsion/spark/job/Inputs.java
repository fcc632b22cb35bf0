package io.emulsion.spark.job;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.label.LabelsFile;
import io.emulsion.spark.source.FolderSource;
import io.emulsion.spark.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The input that a configuration names. */
final class Inputs {
  private Inputs() {}

  static FolderSource source(
      EmulsionConfig config, Sessions sessions, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    return new FolderSource(
        sessions.spark(), hadoop, config.input().paths(), classes(config, sessions));
  }

  private static @Nullable ClassIndex classes(EmulsionConfig config, Sessions sessions)
      throws IOException {
    String file = config.label().classes();
    if (file == null) {
      return null;
    }
    try {
      byte[] names = Store.of(file, sessions.spark().hadoopConfiguration()).read("");
      return ClassIndex.listed(LabelsFile.parse(names));
    } catch (FileNotFoundException e) {
      throw EmulsionException.usage("label.classes names %s, which does not exist", file);
    }
  }
}
