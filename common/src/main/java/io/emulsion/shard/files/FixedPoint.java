package io.emulsion.shard.files;

import io.emulsion.sample.Box;

/**
 * Decimals of six places in longs, in millionths: how pixels are written, so that {@code x + width}
 * is exact, sums that were rounded in doubles come out as the source had them, and no JDK prints
 * another digit.
 */
final class FixedPoint {
  static final long ONE = 1_000_000;
  private static final double MOST = 1e12;

  private FixedPoint() {}

  /** {@code value} in millionths, rounded half to even. */
  static long of(double value) {
    if (!(Math.abs(value) < MOST)) {
      throw new IllegalArgumentException(value + " is no length or area in an image");
    }
    return (long) Math.rint(value * ONE);
  }

  /** What {@code millionths} stand for. */
  static double value(long millionths) {
    return (double) millionths / ONE;
  }

  /** Without needless zeros: {@code 12}, {@code 0.5}, {@code -0.000001}. */
  static String text(long millionths) {
    return text(millionths, ONE);
  }

  /**
   * {@code count / unit} as a decimal.
   *
   * @param unit a power of ten
   */
  static String text(long count, long unit) {
    StringBuilder text = new StringBuilder();
    text.append(count < 0 ? "-" : "").append(Math.abs(count / unit));
    long rest = Math.abs(count % unit);
    if (rest > 0) {
      text.append('.');
      for (long place = unit / 10; rest > 0; place /= 10) {
        text.append(rest / place);
        rest %= place;
      }
    }
    return text.toString();
  }

  /** A box's corners in millionths of a pixel. */
  record Corners(long xMin, long yMin, long xMax, long yMax) {
    static Corners of(Box box) {
      return new Corners(
          FixedPoint.of(box.xMin()),
          FixedPoint.of(box.yMin()),
          FixedPoint.of(box.xMax()),
          FixedPoint.of(box.yMax()));
    }

    long width() {
      return xMax - xMin;
    }

    long height() {
      return yMax - yMin;
    }
  }
}
