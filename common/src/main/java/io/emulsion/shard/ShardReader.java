package io.emulsion.shard;

import io.emulsion.sample.MixedSample;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one shard back, record by record, checking all that the format lets it check. */
public interface ShardReader {
  /**
   * The next record; null after the last.
   *
   * @throws DamagedShardException if the bytes are not what a {@link ShardWriter} wrote
   * @throws IOException if they cannot be read
   */
  @Nullable MixedSample next() throws IOException;
}
