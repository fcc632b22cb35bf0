package io.emulsion.lambda;

import org.apache.commons.math3.random.RandomGenerator;

/** {@code max(l, 1 - l)} of another law: the first image is always the heavier one. */
final class FoldedLambda implements LambdaSampler {
  private final LambdaSampler law;

  FoldedLambda(LambdaSampler law) {
    this.law = law;
  }

  @Override
  public double sample(RandomGenerator random) {
    double drawn = law.sample(random);
    return Math.max(drawn, 1 - drawn);
  }
}
