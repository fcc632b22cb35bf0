package io.emulsion.annotation;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as text, as strict as Python's {@code float}. */
final class Numbers {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,9})?");
  private static final Pattern NO_NUMBER = Pattern.compile("[+-]?(nan|inf|infinity)");

  private Numbers() {}

  /** The number, NaN for what stands for none or for infinity; empty if it is neither. */
  static OptionalDouble parse(String text) {
    String stripped = text.strip();
    if (DECIMAL.matcher(stripped).matches()) {
      return OptionalDouble.of(Double.parseDouble(stripped));
    }
    return NO_NUMBER.matcher(stripped.toLowerCase(Locale.ROOT)).matches()
        ? OptionalDouble.of(Double.NaN)
        : OptionalDouble.empty();
  }
}
