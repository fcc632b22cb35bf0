package io.emulsion.shard.files;

import io.emulsion.shard.ShardInput;
import java.io.IOException;
import java.io.InputStream;

/** A file's bytes from its beginning. Should be read in large pieces. */
final class ShardInputStream extends InputStream {
  private final ShardInput in;
  private long position;

  ShardInputStream(ShardInput in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = (int) Math.min(length, in.sizeBytes() - position);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    in.readFully(position, bytes, offset, count);
    position += count;
    return count;
  }
}
