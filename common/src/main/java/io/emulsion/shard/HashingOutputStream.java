package io.emulsion.shard;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that go through and computes their SHA-256. Not thread-safe. */
public final class HashingOutputStream extends FilterOutputStream {
  private final MessageDigest digest = Sha256.start();
  private long sizeBytes;
  private @Nullable String sha256;

  public HashingOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (sha256 != null) {
      throw new IllegalStateException("The hash was asked for, so nothing may follow");
    }
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    sizeBytes += length;
  }

  /** Bytes written so far. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Hash of all bytes written, in lower-case hexadecimal digits; nothing can be written after. */
  public String sha256() {
    if (sha256 == null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }
}
