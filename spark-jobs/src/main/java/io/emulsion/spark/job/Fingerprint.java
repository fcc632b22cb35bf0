package io.emulsion.spark.job;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Version;
import io.emulsion.label.LabelsFile;
import io.emulsion.spark.source.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells data sets apart: equal for runs that make equal bytes. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256 of a line for the version, for each option that decides bytes (the seed among them),
   * for the classes and for the input.
   *
   * @return 64 hexadecimal digits
   */
  static String of(EmulsionConfig config, Snapshot snapshot) {
    StringBuilder text = new StringBuilder();
    text.append("emulsion=").append(Version.current()).append('\n');
    config
        .canonical()
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    String classes = new String(LabelsFile.of(snapshot.classes().names()), StandardCharsets.UTF_8);
    text.append("classes=").append(snapshot.classes().size()).append('\n').append(classes);
    text.append("inputs=").append(snapshot.count()).append('\n');
    text.append("digest=").append(snapshot.digest()).append('\n');
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
