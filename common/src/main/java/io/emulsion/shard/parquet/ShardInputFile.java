package io.emulsion.shard.parquet;

import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardInputStream;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A shard as Parquet's reader wants it; tells damage from a storage that fails. */
final class ShardInputFile implements InputFile {
  private final ShardInput in;
  private @Nullable IOException storageFailure;

  ShardInputFile(ShardInput in) {
    this.in = new Observed(in);
  }

  /** Remembers that the storage failed. */
  private final class Observed implements ShardInput {
    private final ShardInput storage;

    Observed(ShardInput storage) {
      this.storage = storage;
    }

    @Override
    public long sizeBytes() throws IOException {
      try {
        return storage.sizeBytes();
      } catch (IOException e) {
        storageFailure = e;
        throw e;
      }
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      try {
        storage.readFully(position, buffer, offset, length);
      } catch (IOException e) {
        storageFailure = e;
        throw e;
      }
    }
  }

  @Override
  public long getLength() throws IOException {
    return in.sizeBytes();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    ShardInputStream stream = new ShardInputStream(in);
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() {
        return stream.position();
      }

      @Override
      public void seek(long position) {
        stream.seek(position);
      }
    };
  }

  /**
   * What an exception out of Parquet's reader means: the storage's own failure where there was one,
   * else damage. Parquet throws unchecked exceptions of many kinds for bytes that it cannot read.
   *
   * @param where the bytes are
   */
  IOException explain(String where, Exception e) {
    if (storageFailure != null) {
      return storageFailure;
    }
    if (e instanceof DamagedShardException damaged) {
      return damaged;
    }
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new DamagedShardException(where + ": " + what, e);
  }
}
