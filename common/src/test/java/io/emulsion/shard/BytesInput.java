package io.emulsion.shard;

import java.io.EOFException;

/** A file in memory. */
public final class BytesInput implements ShardInput {
  private final byte[] bytes;

  public BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long sizeBytes() {
    return bytes.length;
  }

  @Override
  public void readFully(long position, byte[] buffer, int offset, int length) throws EOFException {
    if (position + length > bytes.length) {
      throw new EOFException("Read beyond " + bytes.length);
    }
    System.arraycopy(bytes, (int) position, buffer, offset, length);
  }
}
