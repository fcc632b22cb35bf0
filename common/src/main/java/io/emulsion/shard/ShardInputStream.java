package io.emulsion.shard;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A file's bytes from its beginning, or from where {@link #seek} goes. */
public final class ShardInputStream extends InputStream {
  private final ShardInput in;
  private final long sizeBytes;
  private long position;

  /**
   * @param in should be read in large pieces
   */
  public ShardInputStream(ShardInput in) throws IOException {
    this.in = in;
    this.sizeBytes = in.sizeBytes();
  }

  /** Of the next byte, from 0. */
  public long position() {
    return position;
  }

  public void seek(long newPosition) {
    position = newPosition;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws EOFException if the position is before the file
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position < 0) {
      throw new EOFException("Byte " + position + " is before the file");
    }
    if (position >= sizeBytes) {
      return -1;
    }
    int count = (int) Math.min(length, sizeBytes - position);
    in.readFully(position, bytes, offset, count);
    position += count;
    return count;
  }
}
