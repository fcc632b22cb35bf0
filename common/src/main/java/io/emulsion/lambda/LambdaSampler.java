package io.emulsion.lambda;

import org.apache.commons.math3.random.RandomGenerator;

/** Draws lambda, the share of the first image. Stateless and thread-safe. */
public interface LambdaSampler {
  /** Draws one value in {@code [0, 1]}; both ends do occur. */
  double sample(RandomGenerator random);
}
