package io.emulsion.shard.tfrecord;

import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardReader;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * TensorFlow's TFRecord files, uncompressed, of one {@code tf.Example} a record. {@link
 * TfRecordKeys} tells what is in them.
 */
public final class TfRecordFormat implements ShardFormat {
  @Override
  public String name() {
    return "tfrecord";
  }

  @Override
  public String extension() {
    return "tfrecord";
  }

  @Override
  public ShardWriter writer(OutputStream out, ShardContext context) {
    return new TfRecordShardWriter(out, context);
  }

  @Override
  public ShardReader reader(ShardInput in, ShardContext context) throws IOException {
    return new TfRecordShardReader(in, context);
  }
}
