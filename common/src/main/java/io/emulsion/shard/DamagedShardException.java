package io.emulsion.shard;

import io.emulsion.error.OneLine;
import java.io.IOException;

/**
 * A shard, or another file of a data set, whose bytes are not what was written; says at which byte
 * or record.
 */
public final class DamagedShardException extends IOException {
  private static final long serialVersionUID = 1;

  public DamagedShardException(String message) {
    super(OneLine.of(message));
  }

  public DamagedShardException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
