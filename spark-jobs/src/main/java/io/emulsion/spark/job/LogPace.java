package io.emulsion.spark.job;

/**
 * When a log gets its next line: each half minute at first, then whenever a twentieth of the time
 * so far has gone by again. An hour makes 56 lines, a day 120. Not thread-safe.
 */
final class LogPace {
  private static final double FIRST_SECONDS = 30;
  private static final double SHARE = 0.05;

  private double next = FIRST_SECONDS;

  /** Whether a line is due; the one after it is not due at once. */
  boolean isDue(double seconds) {
    if (seconds < next) {
      return false;
    }
    next = seconds + Math.max(FIRST_SECONDS, SHARE * seconds);
    return true;
  }
}
