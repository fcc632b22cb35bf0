package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Counts what the compressed texts and the colour profile of one PNG inflate to. Nobody here reads
 * them; but a file that carries a bomb is kept out, by Pillow's limits.
 */
final class PngText {
  private static final int MOST_BYTES_OF_CHUNK = 1 << 20;
  private static final int MOST_BYTES_OF_FILE = 64 << 20;

  private final byte[] scratch = new byte[1 << 14];
  private int bytesOfFile;

  /**
   * Counts the chunk whose type is {@code name} and whose content is in {@code [from, to)}.
   *
   * @throws BadImageException if it inflates to more than a text can need
   */
  void check(String name, byte[] bytes, int from, int to) throws BadImageException {
    int data =
        switch (name) {
          case "zTXt", "iCCP" -> behindZeros(1, bytes, from, to) + 1;
          case "iTXt" -> internationalText(bytes, from, to);
          default -> to;
        };
    if (data >= to) {
      return;
    }
    int size = inflatedBytes(bytes, data, to);
    bytesOfFile += size;
    if (size > MOST_BYTES_OF_CHUNK || bytesOfFile > MOST_BYTES_OF_FILE) {
      throw new BadImageException(
          Reason.TOO_COMPLEX,
          String.format(
              "Its texts inflate to more than %d bytes, by chunk %s at byte %d",
              size > MOST_BYTES_OF_CHUNK ? MOST_BYTES_OF_CHUNK : MOST_BYTES_OF_FILE,
              name,
              from - 8));
    }
  }

  /** Where the text begins if it is compressed, else {@code to}. */
  private static int internationalText(byte[] bytes, int from, int to) {
    int flag = behindZeros(1, bytes, from, to);
    return flag < to && bytes[flag] == 1 ? behindZeros(2, bytes, flag + 2, to) : to;
  }

  private static int behindZeros(int zeros, byte[] bytes, int from, int to) {
    int at = from;
    for (int seen = 0; at < to && seen < zeros; at++) {
      seen += bytes[at] == 0 ? 1 : 0;
    }
    return at;
  }

  /** At most a little above the chunk's limit. */
  private int inflatedBytes(byte[] bytes, int from, int to) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, from, to - from);
      int size = 0;
      int step;
      do {
        step = inflater.inflate(scratch);
        size += step;
      } while (step > 0 && size <= MOST_BYTES_OF_CHUNK);
      return size;
    } catch (DataFormatException e) {
      return 0; // a text that cannot be read costs nobody anything
    } finally {
      inflater.end();
    }
  }
}
