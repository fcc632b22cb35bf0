package io.emulsion.spark.job;

import java.util.Locale;

/**
 * How far a write has come.
 *
 * @param records samples that finished tasks have written
 * @param all samples of the data set if no input is bad
 * @param bad inputs that cannot be used
 * @param views that each of them is left out of
 * @param seconds since the write began
 */
record ProgressLine(long records, long all, long bad, int views, double seconds) {
  /** Without a time to go until some task has ended: before, nothing tells how long one takes. */
  String text() {
    if (records == 0) {
      return String.format(
          Locale.ROOT, "mix: 0 of %,d samples, no task ended in %s", all, time(seconds));
    }
    double rate = records / Math.max(seconds, 1e-3);
    long left = Math.max(0, all - bad * views - records);
    return String.format(
        Locale.ROOT,
        "mix: %,d of %,d samples, %,.0f a second, %,d bad inputs, %s",
        records,
        all,
        rate,
        bad,
        left == 0 ? "publishing" : time(left / rate) + " to go");
  }

  /** As 0:07, 12:34 or 3:00:59. */
  private static String time(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60);
  }
}
