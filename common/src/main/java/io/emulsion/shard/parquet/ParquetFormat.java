package io.emulsion.shard.parquet;

import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardReader;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Parquet files in the form that Hugging Face's {@code datasets} gives its own. {@link
 * SampleColumns} tells what is in them.
 */
public final class ParquetFormat implements ShardFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String extension() {
    return "parquet";
  }

  @Override
  public ShardWriter writer(OutputStream out, ShardContext context) throws IOException {
    return new ParquetShardWriter(out, context);
  }

  @Override
  public ShardReader reader(ShardInput in, ShardContext context) throws IOException {
    return ParquetShardReader.open(in, context);
  }
}
