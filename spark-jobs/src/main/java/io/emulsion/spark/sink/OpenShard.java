package io.emulsion.spark.sink;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardWriter;
import io.emulsion.spark.store.Store;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;

/** One shard file while it is written, under its attempt's private name. */
final class OpenShard implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String path;
  private final HashingOutputStream out;
  private final ShardWriter writer;
  private long records;

  /**
   * @param folder of the attempt
   * @param path of the file below it, and below the data set once it is published
   */
  OpenShard(Store output, String folder, String path, ShardFormat format, ShardContext context)
      throws IOException {
    this.path = path;
    this.out =
        new HashingOutputStream(
            new BufferedOutputStream(output.create(folder + "/" + path), BUFFER_BYTES));
    this.writer = format.writer(out, context);
  }

  void write(MixedSample sample) throws IOException {
    if (sample.place().position() != records) {
      throw new IllegalArgumentException(
          "Sample " + sample.place().key() + " came as number " + records + " of its shard");
    }
    writer.write(sample);
    records++;
  }

  /** Completes and closes the file. */
  ShardInfo finish() throws IOException {
    writer.finish();
    out.close();
    return new ShardInfo(path, records, out.sizeBytes(), out.sha256());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
