package io.emulsion.shard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Keeps the last bytes that were read, and hashes all before them; at the end of the stream they
 * are the file's last. Does not support marks.
 */
final class TailInputStream extends FilterInputStream {
  private final MessageDigest digest = Sha256.start();
  private final byte[] tail;
  private int tailSize;

  /**
   * @param tailBytes how many to keep
   */
  TailInputStream(InputStream in, int tailBytes) {
    super(in);
    this.tail = new byte[tailBytes];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      see(bytes, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long count) {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void see(byte[] bytes, int offset, int length) {
    int leaving = Math.max(0, tailSize + length - tail.length);
    int leavingTail = Math.min(leaving, tailSize);
    digest.update(tail, 0, leavingTail);
    tailSize -= leavingTail;
    System.arraycopy(tail, leavingTail, tail, 0, tailSize);
    int leavingBytes = leaving - leavingTail;
    digest.update(bytes, offset, leavingBytes);
    System.arraycopy(bytes, offset + leavingBytes, tail, tailSize, length - leavingBytes);
    tailSize += length - leavingBytes;
  }

  /** The last bytes that were read. */
  byte[] tail() {
    return Arrays.copyOf(tail, tailSize);
  }

  /** SHA-256 of all bytes before the {@link #tail}; asked once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
