package io.emulsion.shard;

import io.emulsion.sample.MixedSample;
import java.io.IOException;

/** Writes one shard: any number of {@link #write}, then one {@link #finish}. Not thread-safe. */
public interface ShardWriter {
  void write(MixedSample sample) throws IOException;

  /** Completes the file's bytes, footer included. */
  void finish() throws IOException;
}
