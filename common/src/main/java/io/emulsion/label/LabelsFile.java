package io.emulsion.label;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The content of {@code labels.txt}. */
public final class LabelsFile {
  private LabelsFile() {}

  /**
   * A name a line, UTF-8, in the order of the classes' numbers. A line break in a name is written
   * as {@code \n} or {@code \r}, a backslash as {@code \\}.
   */
  public static byte[] of(List<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines
          .append(name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
          .append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The names that {@link #of} wrote. */
  public static List<String> parse(byte[] file) {
    return new String(file, StandardCharsets.UTF_8).lines().map(LabelsFile::unescape).toList();
  }

  private static String unescape(String line) {
    StringBuilder name = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\' || i + 1 == line.length()) {
        name.append(c);
      } else {
        char escaped = line.charAt(++i);
        name.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      }
    }
    return name.toString();
  }
}
