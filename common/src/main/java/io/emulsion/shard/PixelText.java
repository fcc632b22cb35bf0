package io.emulsion.shard;

/** Tells in a data card what bare pixels are. */
final class PixelText {
  private PixelText() {}

  /**
   * @param encoding {@code raw} or {@code float32}
   */
  static String of(String encoding) {
    return encoding.equals("raw")
        ? "uint8 RGB, `[height, width, 3]`, without a header"
        : "float32 RGB, little endian, `[height, width, 3]`, without a header: the mixture, not"
            + " rounded, from 0 to 1, less `output.mean`, then over `output.std`";
  }
}
