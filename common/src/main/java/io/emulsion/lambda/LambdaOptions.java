package io.emulsion.lambda;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * The law of lambda. Each law has its own parameters; the others are not looked at.
 *
 * @param alpha of Beta(alpha, beta), in {@code [0.001, 1000]}; where both are equal 1 is uniform
 *     and larger draws lambda toward 0.5
 * @param beta of Beta(alpha, beta), in {@code [0.001, 1000]}
 * @param low of the uniform law, in {@code [0, high]}
 * @param high of the uniform law, in {@code [low, 1]}
 * @param value of the constant law, in {@code [0, 1]}
 * @param fold whether {@code max(l, 1 - l)} is taken of each draw
 */
public record LambdaOptions(
    Law law, double alpha, double beta, double low, double high, double value, boolean fold)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The kinds of law. */
  public enum Law {
    BETA,
    UNIFORM,
    CONSTANT
  }

  public LambdaOptions {
    checkShape("mix.lambda.alpha", alpha);
    checkShape("mix.lambda.beta", beta);
    option(low >= 0 && low <= 1, "mix.lambda.low must be from 0 to 1, but is %s", low);
    option(high >= 0 && high <= 1, "mix.lambda.high must be from 0 to 1, but is %s", high);
    option(
        low <= high,
        "mix.lambda.low must not be above mix.lambda.high, but is %s of %s",
        low,
        high);
    option(value >= 0 && value <= 1, "mix.lambda.value must be from 0 to 1, but is %s", value);
  }

  private static void checkShape(String key, double shape) {
    option(shape >= 0.001 && shape <= 1000, "%s must be from 0.001 to 1000, but is %s", key, shape);
  }

  public LambdaSampler sampler() {
    LambdaSampler sampler =
        switch (law) {
          case BETA -> new BetaLambda(alpha, beta);
          case UNIFORM -> new UniformLambda(low, high);
          case CONSTANT -> new ConstantLambda(value);
        };
    return fold ? new FoldedLambda(sampler) : sampler;
  }
}
