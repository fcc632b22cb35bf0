package io.emulsion.lambda;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * The law of lambda.
 *
 * @param alpha of Beta(alpha, alpha), in {@code [0.001, 1000]}; 1 is uniform, larger draws lambda
 *     toward 0.5
 */
public record LambdaOptions(double alpha) implements Serializable {
  public LambdaOptions {
    option(
        alpha >= 0.001 && alpha <= 1000,
        "mix.lambda.alpha must be from 0.001 to 1000, but is %s",
        alpha);
  }

  public LambdaSampler sampler() {
    return new BetaLambda(alpha);
  }
}
