package io.emulsion.lambda;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Draws lambda from Beta(alpha, beta); never NaN, down to 0.001 for both. */
final class BetaLambda implements LambdaSampler {
  private final double alpha;
  private final double beta;

  /**
   * @param alpha above 0 and finite
   * @param beta above 0 and finite
   */
  BetaLambda(double alpha, double beta) {
    this.alpha = alpha;
    this.beta = beta;
  }

  @Override
  public double sample(RandomGenerator random) {
    double own = logGamma(alpha, random);
    double other = logGamma(beta, random);
    return 1 / (1 + FastMath.exp(other - own)); // FastMath: the same bits on every JVM
  }

  /** Log of a Gamma(shape, 1) draw; the draw itself underflows to 0 for a small shape. */
  private static double logGamma(double shape, RandomGenerator random) {
    double boosted = new GammaDistribution(random, shape + 1, 1).sample();
    // Boost of Marsaglia & Tsang (2000), section 6. 1 - u is never 0, so the log stays finite.
    return FastMath.log(boosted) + FastMath.log(1 - random.nextDouble()) / shape;
  }
}
