package io.emulsion.shard.parquet;

import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A shard as Parquet's reader wants it; tells damage from a storage that fails. */
final class ShardInputFile implements InputFile {
  private final ShardInput in;
  private @Nullable IOException storageFailure;

  ShardInputFile(ShardInput in) {
    this.in = in;
  }

  @Override
  public long getLength() throws IOException {
    try {
      return in.sizeBytes();
    } catch (IOException e) {
      storageFailure = e;
      throw e;
    }
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    PositionedStream stream = new PositionedStream(getLength());
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() {
        return stream.position;
      }

      @Override
      public void seek(long position) {
        stream.position = position;
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

  private final class PositionedStream extends InputStream {
    private final long size;
    private long position;

    PositionedStream(long size) {
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position < 0) {
        throw new EOFException("Byte " + position + " is before the file");
      }
      if (position >= size) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      try {
        in.readFully(position, buffer, offset, count);
      } catch (IOException e) {
        storageFailure = e;
        throw e;
      }
      position += count;
      return count;
    }
  }
}
