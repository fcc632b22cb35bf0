package io.emulsion.spark.sink;

import io.emulsion.config.Version;
import io.emulsion.label.LabelsFile;
import io.emulsion.shard.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** Tells data sets apart: equal for runs that make equal bytes. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256 of a line for the version, for each option that decides bytes (the seed among them),
   * for the classes and for the input.
   *
   * @param canonical the options
   * @param classes their names in the order of their numbers
   * @param input what tells the input from others, in whole lines
   * @return 64 hexadecimal digits
   */
  public static String of(SortedMap<String, String> canonical, List<String> classes, String input) {
    StringBuilder text = new StringBuilder();
    text.append("emulsion=").append(Version.current()).append('\n');
    canonical.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    text.append("classes=").append(classes.size()).append('\n');
    text.append(new String(LabelsFile.of(classes), StandardCharsets.UTF_8));
    text.append(input);
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
