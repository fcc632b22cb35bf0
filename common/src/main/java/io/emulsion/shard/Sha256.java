package io.emulsion.shard;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which files of a data set are known. */
final class Sha256 {
  /** Length of a hash in hexadecimal digits. */
  static final int HEX_DIGITS = 64;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, this one not", e);
    }
  }
}
