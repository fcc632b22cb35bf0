package io.emulsion.lambda;

import org.apache.commons.math3.random.RandomGenerator;

/** Draws lambda evenly from {@code [low, high]}; always {@code low} where both are equal. */
final class UniformLambda implements LambdaSampler {
  private final double low;
  private final double high;

  UniformLambda(double low, double high) {
    this.low = low;
    this.high = high;
  }

  @Override
  public double sample(RandomGenerator random) {
    return low + (high - low) * random.nextDouble();
  }
}
