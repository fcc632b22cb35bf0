package io.emulsion.spark.sink;

import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.util.SerializableConfiguration;

/** Reads what the driver has settled, and makes the write of it. */
final class ShardWriteBuilder implements WriteBuilder, Write {
  private final CaseInsensitiveStringMap options;
  private final StructType schema;

  ShardWriteBuilder(CaseInsensitiveStringMap options, StructType schema) {
    this.options = options;
    this.schema = schema;
  }

  @Override
  public Write build() {
    return this;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return RunFolder.of(options) == null
        ? WriteMetrics.supportedOfFrames()
        : WriteMetrics.supported();
  }

  @Override
  public BatchWrite toBatch() {
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    RunFolder run = RunFolder.of(options);
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      if (run == null) {
        return FrameBatchWrite.start(FrameOptions.of(options, schema, spark), hadoop);
      }
      Store output = Store.of(run.output(), spark.hadoopConfiguration());
      return new ShardBatchWrite(run, hadoop, WriteJob.read(output, run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
