package io.emulsion.error;

/** Text that stays on one line of a terminal or log, whatever file names it quotes. */
public final class OneLine {
  private OneLine() {}

  /**
   * Replaces control characters, line breaks included, by {@code \n}, {@code \t} or {@code \u001b}.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line.append("\\n");
      } else if (c == '\r') {
        line.append("\\r");
      } else if (c == '\t') {
        line.append("\\t");
      } else if (Character.isISOControl(c)) {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
