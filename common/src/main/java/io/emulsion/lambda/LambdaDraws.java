package io.emulsion.lambda;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;

/** The lambdas of a data set: each depends on the seed, a view and an image id alone. */
public final class LambdaDraws {
  private final long seed;
  private final LambdaSampler sampler;

  public LambdaDraws(long seed, LambdaOptions options) {
    this.seed = seed;
    this.sampler = options.sampler();
  }

  /**
   * @param drawnBy the first of the pair, or of the batch
   */
  public Lambda lambda(int view, ImageId drawnBy) {
    return Lambda.round(sampler.sample(ImageKey.of(seed, Purpose.LAMBDA, view, drawnBy).random()));
  }
}
