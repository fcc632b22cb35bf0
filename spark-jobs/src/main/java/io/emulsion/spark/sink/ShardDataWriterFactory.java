package io.emulsion.spark.sink;

import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Makes the writer of each task attempt; touches no file itself. */
final class ShardDataWriterFactory implements DataWriterFactory {
  private static final long serialVersionUID = 1;

  private final RunFolder run;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final WriteJob job;

  ShardDataWriterFactory(RunFolder run, Broadcast<SerializableConfiguration> hadoop, WriteJob job) {
    this.run = run;
    this.hadoop = hadoop;
    this.job = job;
  }

  @Override
  public DataWriter<InternalRow> createWriter(int partition, long taskId) {
    try {
      Store output = Store.of(run.output(), hadoop.value().value());
      String folder = new KeptShards(job.fingerprint()).attempt(run, partition, taskId);
      return new ShardDataWriter(output, folder, job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
