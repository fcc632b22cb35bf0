package io.emulsion.spark.job;

import io.emulsion.config.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/** Tells data sets apart: equal for runs that make equal bytes. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256 of a line for the version, for each option and for the input.
   *
   * @param options those that decide bytes, the seed among them
   * @param count of inputs
   * @param digest of the inputs' ids, lengths and classes
   * @return 64 hexadecimal digits
   */
  static String of(SortedMap<String, String> options, long count, String digest) {
    StringBuilder text = new StringBuilder();
    text.append("emulsion=").append(Version.current()).append('\n');
    options.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    text.append("inputs=").append(count).append('\n');
    text.append("digest=").append(digest).append('\n');
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
