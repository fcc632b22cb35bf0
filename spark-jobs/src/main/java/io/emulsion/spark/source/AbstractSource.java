package io.emulsion.spark.source;

import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** An input below some folders, whose references tasks write into files. */
abstract class AbstractSource implements ImageSource {
  final JavaSparkContext spark;
  final Broadcast<SerializableConfiguration> hadoop;
  final List<String> roots;

  /**
   * @param roots Hadoop paths
   */
  AbstractSource(
      JavaSparkContext spark, Broadcast<SerializableConfiguration> hadoop, List<String> roots) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.roots = List.copyOf(roots);
  }

  /**
   * @param folder where references are written to; null for counts only
   */
  abstract Snapshot list(@Nullable String folder) throws IOException;

  @Override
  public final Snapshot snapshot(String folder) throws IOException {
    return list(folder);
  }

  @Override
  public final Snapshot count() throws IOException {
    return list(null);
  }

  @Override
  public final JavaRDD<ImageReference> references(Snapshot snapshot, String folder) {
    return spark
        .parallelize(snapshot.files(), snapshot.files().size())
        .flatMap(new ReadReferences(hadoop, folder));
  }
}
