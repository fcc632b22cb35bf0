package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.Serializable;

/**
 * How many bad inputs a job bears: a share of all, but never fewer than {@value #ALWAYS_BORNE}, and
 * at least one input must be left.
 *
 * @param failAtOnce whether one bad input ends the job
 * @param inputs in the snapshot
 * @param maxFraction in {@code [0, 1]}
 */
public record BadInputLimit(boolean failAtOnce, long inputs, double maxFraction)
    implements Serializable {
  private static final long ALWAYS_BORNE = 10;

  /**
   * @throws EmulsionException (bad inputs) if {@code bad} are too many
   */
  public void check(long bad) {
    if (isExceededBy(bad)) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          "At least %d of %d inputs cannot be used, more than input.max-bad-fraction allows:"
              + " raise it, or clean the input (set input.on-bad to fail to see the first one)",
          bad,
          inputs);
    }
  }

  /** Whether {@code bad} inputs are too many. */
  public boolean isExceededBy(long bad) {
    return bad > ALWAYS_BORNE && bad > maxFraction * inputs;
  }

  /**
   * The same at the job's end, when all are known.
   *
   * @throws EmulsionException (bad inputs) if there are too many, or none is left
   */
  public void checkAll(long bad) {
    check(bad);
    if (bad == inputs) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          "None of the %d inputs can be used: set input.on-bad to fail to see why the first"
              + " cannot",
          inputs);
    }
  }
}
