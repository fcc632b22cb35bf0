package io.emulsion.shard.files;

import io.emulsion.shard.DamagedShardException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of an index, one after the other. */
final class IndexLines {
  private final BufferedReader lines;
  private long number;

  /**
   * @param in UTF-8; the caller closes it
   */
  IndexLines(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * The next line; null after the last.
   *
   * @throws DamagedShardException if it is neither an image's nor an annotation's
   */
  @Nullable String next() throws IOException {
    String line;
    try {
      line = lines.readLine();
    } catch (CharacterCodingException e) {
      throw damaged("is not UTF-8, here or soon after");
    }
    if (line == null) {
      return null;
    }
    number++;
    if (!isImage(line) && !line.startsWith(CocoText.ANNOTATION_START)) {
      throw damaged("is neither an image nor an annotation");
    }
    return line;
  }

  static boolean isImage(String line) {
    return line.startsWith(CocoText.IMAGE_START);
  }

  /** Says of the line read last {@code what} is wrong. */
  DamagedShardException damaged(String what) {
    return new DamagedShardException("line " + number + " " + what);
  }
}
