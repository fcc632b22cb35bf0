package io.emulsion.lambda;

/**
 * The share of the first image, in steps of 1/65536: exact in float32 and as a decimal, and exact
 * in the blend's integers.
 *
 * @param weight {@code lambda * 65536}, in {@code [0, 65536]}
 */
public record Lambda(int weight) {
  /** The weight of a lambda of 1. */
  public static final int ONE = 65536;

  /** The first image alone. */
  public static final Lambda UNMIXED = new Lambda(ONE);

  public Lambda {
    if (weight < 0 || weight > ONE) {
      throw new IllegalArgumentException("Weight " + weight + " is outside [0, 65536]");
    }
  }

  /**
   * Rounds a drawn value to the next step, half to even.
   *
   * @param value in {@code [0, 1]}
   */
  public static Lambda round(double value) {
    return new Lambda((int) StrictMath.rint(value * ONE));
  }

  /** In {@code [0, 1]}. */
  public double value() {
    return weight / (double) ONE;
  }
}
