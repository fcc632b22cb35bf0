package io.emulsion.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM with {@code -Xlog:gc:file=...} says of its heap. */
final class GarbageLog {
  /** "Pause Young (Normal) (G1 Evacuation Pause) 52M->9M(128M) 5.1ms". */
  private static final Pattern PAUSE = Pattern.compile("\\d+M->(\\d+)M\\(\\d+M\\)");

  private GarbageLog() {}

  /** The most that any collection left. */
  static long largestLiveBytes(Path log) throws IOException {
    long most = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        most = Math.max(most, Long.parseLong(pause.group(1)) << 20);
      }
    }
    return most;
  }
}
