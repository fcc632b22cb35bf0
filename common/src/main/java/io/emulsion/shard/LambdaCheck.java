package io.emulsion.shard;

import java.util.Optional;

/** What every format's reader asks of a lambda. */
public final class LambdaCheck {
  private static final double STEPS = 65536;

  private LambdaCheck() {}

  /**
   * What is wrong, to be said of {@code lambda}: {@code is 2.0, not a multiple of 1/65536 in [0,
   * 1]}; empty if nothing is.
   */
  public static Optional<String> complaint(double lambda) {
    boolean whole = lambda * STEPS == Math.rint(lambda * STEPS);
    return lambda >= 0 && lambda <= 1 && whole
        ? Optional.empty()
        : Optional.of("is " + lambda + ", not a multiple of 1/65536 in [0, 1]");
  }
}
