package io.emulsion.spark.sink;

import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Makes the writer of each task attempt; touches no file itself. */
final class FrameWriterFactory implements DataWriterFactory {
  private static final long serialVersionUID = 1;

  private final RunFolder run;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final FrameColumns columns;
  private final List<ShardNames> names;
  private final ShardContext context;

  FrameWriterFactory(
      RunFolder run, Broadcast<SerializableConfiguration> hadoop, FrameOptions options) {
    this.run = run;
    this.hadoop = hadoop;
    this.columns = options.columns();
    this.names = options.names();
    this.context = options.context();
  }

  @Override
  public DataWriter<InternalRow> createWriter(int partition, long taskId) {
    try {
      return writer(Store.of(run.output(), hadoop.value().value()), run.attempt(partition, taskId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param folder of the attempt, relative to {@code output}
   */
  FrameDataWriter writer(Store output, String folder) {
    return new FrameDataWriter(output, folder, columns, names, context);
  }
}
