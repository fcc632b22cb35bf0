package io.emulsion.lambda;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Draws lambda from Beta(alpha, alpha); never NaN, down to alpha = 0.001. */
final class BetaLambda implements LambdaSampler {
  private final double alpha;

  /**
   * @param alpha above 0 and finite
   */
  BetaLambda(double alpha) {
    this.alpha = alpha;
  }

  @Override
  public double sample(RandomGenerator random) {
    double own = logGamma(random);
    double other = logGamma(random);
    return 1 / (1 + FastMath.exp(other - own)); // FastMath: the same bits on every JVM
  }

  /** Log of a Gamma(alpha, 1) draw; the draw itself underflows to 0 for small alpha. */
  private double logGamma(RandomGenerator random) {
    double boosted = new GammaDistribution(random, alpha + 1, 1).sample();
    // Boost of Marsaglia & Tsang (2000), section 6. 1 - u is never 0, so the log stays finite.
    return FastMath.log(boosted) + FastMath.log(1 - random.nextDouble()) / alpha;
  }
}
