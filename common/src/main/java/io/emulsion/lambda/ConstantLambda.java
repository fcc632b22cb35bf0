package io.emulsion.lambda;

import org.apache.commons.math3.random.RandomGenerator;

/** The same lambda for all. */
final class ConstantLambda implements LambdaSampler {
  private final double value;

  ConstantLambda(double value) {
    this.value = value;
  }

  @Override
  public double sample(RandomGenerator random) {
    return value;
  }
}
