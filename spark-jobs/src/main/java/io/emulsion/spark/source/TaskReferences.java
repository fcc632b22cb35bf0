package io.emulsion.spark.source;

import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a task's references go: into a file, or into a sample where only counts are wanted. The
 * file has a name of its own for each attempt: the driver takes the one whose result reached it.
 */
final class TaskReferences implements Closeable {
  private final TaskListing listing;
  private final ReferenceFile.@Nullable Writer writer;

  /**
   * @param folder where the file is written to; null for counts only
   * @param listing gets the file's name, or the sample
   */
  TaskReferences(@Nullable String folder, Configuration configuration, TaskListing listing)
      throws IOException {
    this.listing = listing;
    if (folder == null) {
      writer = null;
    } else {
      String file = "references-" + TaskContext.get().taskAttemptId();
      writer = new ReferenceFile.Writer(Store.of(folder, configuration).create(file));
      listing.files.add(file);
    }
  }

  /**
   * @param key of the reference, as the input's digest covers it
   */
  void add(ImageKey key, ImageReference reference) throws IOException {
    if (writer != null) {
      writer.write(reference);
    } else {
      listing.sample.add(key, reference);
    }
  }

  /** Says that all are there. */
  void finish() throws IOException {
    if (writer != null) {
      writer.finish();
    }
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
