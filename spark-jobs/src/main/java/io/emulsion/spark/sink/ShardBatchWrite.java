package io.emulsion.spark.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.util.SerializableConfiguration;

/** One job's write. Publishes what the tasks' messages name, and nothing else. */
final class ShardBatchWrite implements BatchWrite {
  private final RunFolder run;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final WriteJob job;

  ShardBatchWrite(RunFolder run, Broadcast<SerializableConfiguration> hadoop, WriteJob job) {
    this.run = run;
    this.hadoop = hadoop;
    this.job = job;
  }

  /** Called once, before the first task. */
  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    try {
      new DataSetPublisher(run, hadoop.value().value(), job).begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ShardDataWriterFactory(run, hadoop, job);
  }

  /** Runs on Spark's scheduler thread: counts, and does nothing slow. */
  @Override
  public void onDataWriterCommit(WriterCommitMessage message) {
    WriteProgress.of(run).add((ShardCommitMessage) message);
  }

  @Override
  public void commit(WriterCommitMessage[] messages) {
    try {
      new DataSetPublisher(run, hadoop.value().value(), job).publish(messages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Touches nothing: other attempts may still write, and Spark calls this also when {@link #commit}
   * failed half way. The run's folder is swept when the job ends, and by the next run.
   */
  @Override
  public void abort(WriterCommitMessage[] messages) {}
}
