package io.emulsion.shard;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which files of a data set are known. */
public final class Sha256 {
  /** Length of a hash in hexadecimal digits. */
  public static final int HEX_DIGITS = 64;

  private Sha256() {}

  /** The hash of {@code bytes}, in lower-case hexadecimal digits. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(start().digest(bytes));
  }

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, this one not", e);
    }
  }
}
