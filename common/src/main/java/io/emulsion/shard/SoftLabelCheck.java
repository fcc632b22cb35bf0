package io.emulsion.shard;

import java.util.Optional;

/** What every format's reader asks of a soft label. */
public final class SoftLabelCheck {
  /** What rounding each share to float32 can make of the sum is far below it. */
  private static final double SUM_TOLERANCE = 1e-6;

  private SoftLabelCheck() {}

  /**
   * What is wrong, to be said of {@code soft}: {@code sums to 0.5 instead of 1}; empty if nothing
   * is.
   *
   * @param soft the share of each class
   */
  public static Optional<String> complaint(float[] soft) {
    double sum = 0;
    for (float share : soft) {
      if (!(share >= 0 && share <= 1)) {
        return Optional.of("holds " + share + ", not in [0, 1]");
      }
      sum += share;
    }
    return Math.abs(sum - 1) > SUM_TOLERANCE
        ? Optional.of("sums to " + sum + " instead of 1")
        : Optional.empty();
  }
}
