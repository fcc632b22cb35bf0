package io.emulsion.shard;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes doubles as decimals, on every JDK the same: Double.toString changed in JDK 19. */
public final class DecimalText {
  private static final int ALWAYS_ENOUGH_DIGITS = 17;

  private DecimalText() {}

  /**
   * The decimal of fewest digits, but at least 15, that is {@code value} again when read; without
   * an exponent or trailing zeros: {@code 1}, {@code 0.2}.
   *
   * @param value finite
   */
  public static String of(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal text = exact;
    for (int digits = 15; digits <= ALWAYS_ENOUGH_DIGITS; digits++) {
      text = exact.round(new MathContext(digits));
      if (text.doubleValue() == value) {
        break;
      }
    }
    return text.stripTrailingZeros().toPlainString();
  }
}
