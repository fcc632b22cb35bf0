package io.emulsion.annotation;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one list of Pascal VOC's {@code ImageSets}: a name of an image in each line. */
public final class ImageSetParser {
  /** A longer file is no list of images. */
  public static final int MOST_BYTES = 64 << 20;

  /** A name, and whether its image shows the class: -1 no, 0 only where it is hard to see, 1. */
  private static final Pattern FLAGGED = Pattern.compile("(\\S.*\\S|\\S)\\s+(-1|0|1)");

  private ImageSetParser() {}

  /**
   * The names in the list, each once, {@code /}-joined. Where every line ends with a flag, as in
   * the lists of one class, those with -1 are left out.
   *
   * @param file named in errors
   * @throws EmulsionException (bad inputs) if this is no such list, naming file and line
   */
  public static SortedSet<String> parse(byte[] bytes, String file) {
    List<String> lines = text(bytes, file).lines().map(String::strip).toList();
    boolean flagged =
        lines.stream().allMatch(line -> line.isEmpty() || FLAGGED.matcher(line).matches());
    SortedSet<String> names = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher parts = FLAGGED.matcher(line);
      if (flagged && parts.matches()) {
        if (!parts.group(2).equals("-1")) {
          names.add(name(parts.group(1), file, i + 1));
        }
      } else if (!line.isEmpty()) {
        names.add(name(line, file, i + 1));
      }
    }
    if (names.isEmpty()) {
      throw damaged(file, "it names no image");
    }
    return names;
  }

  private static String text(byte[] bytes, String file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw damaged(file, "it is not UTF-8");
    }
  }

  private static String name(String name, String file, int line) {
    return FileNames.below(name)
        .orElseThrow(
            () ->
                damaged(
                    file,
                    "'"
                        + (name.length() <= 80 ? name : name.substring(0, 80) + "...")
                        + "' leads out of the folder of the images (line "
                        + line
                        + ")"));
  }

  private static EmulsionException damaged(String file, String why) {
    return EmulsionException.of(ExitCode.BAD_INPUTS, "%s is no list of images: %s", file, why);
  }
}
