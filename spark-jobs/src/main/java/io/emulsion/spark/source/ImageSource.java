package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;

/** Lists an input, once. */
public interface ImageSource {
  /**
   * Lists the input and writes its references into {@code folder}.
   *
   * @throws EmulsionException (usage) if there is nothing to list, or what lies there has another
   *     shape than expected; (bad inputs) if an annotation cannot be read
   */
  Snapshot snapshot(String folder) throws IOException;

  /** Lists the input for its counts and a sample of it; writes nothing but Spark's own files. */
  Snapshot count() throws IOException;

  /** The references that {@link #snapshot} wrote into {@code folder}, in no order. */
  JavaRDD<ImageReference> references(Snapshot snapshot, String folder);
}
