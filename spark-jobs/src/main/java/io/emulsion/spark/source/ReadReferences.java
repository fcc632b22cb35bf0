package io.emulsion.spark.source;

import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** The references in one file of a snapshot. */
final class ReadReferences implements FlatMapFunction<String, ImageReference> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String folder;

  ReadReferences(Broadcast<SerializableConfiguration> hadoop, String folder) {
    this.hadoop = hadoop;
    this.folder = folder;
  }

  @Override
  public Iterator<ImageReference> call(String file) throws IOException {
    return new ReferenceFile.Reader(Store.of(folder, hadoop.value().value()).open(file));
  }
}
