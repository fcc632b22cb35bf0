package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
import java.util.Arrays;

/**
 * Which source lines make each target line of one axis, and with what weights: integers that sum to
 * exactly {@link #ONE}, so that a constant image stays constant.
 */
final class Taps {
  /**
   * The sum of a target line's weights. Of the powers of two that {@link Lanes} can take, 2^13
   * leaves the same remainder by 7 as Pillow's 2^22: at 224 pixels, where values that lie half way
   * between two levels are common, most of them are rounded to the same side as Pillow's.
   */
  static final int ONE = 1 << 13;

  private final int[] firsts;
  private final int[] offsets;
  private final int[] weights;

  private Taps(int[] firsts, int[] offsets, int[] weights) {
    this.firsts = firsts;
    this.offsets = offsets;
    this.weights = weights;
  }

  /**
   * Taps of the target lines {@code [from, from + count)} when {@code source} lines become {@code
   * target}.
   */
  static Taps of(Filter filter, int source, int target, int from, int count) {
    int[] firsts = new int[count];
    int[] offsets = new int[count + 1];
    int[] weights = new int[count * 4];
    for (int i = 0; i < count; i++) {
      Line line =
          filter == Filter.AREA && target <= source
              ? area(source, target, from + i)
              : triangle(source, target, from + i);
      firsts[i] = line.first();
      offsets[i + 1] = offsets[i] + line.weights().length;
      if (offsets[i + 1] > weights.length) {
        weights = Arrays.copyOf(weights, Math.max(offsets[i + 1], weights.length * 2));
      }
      System.arraycopy(line.weights(), 0, weights, offsets[i], line.weights().length);
    }
    return new Taps(firsts, offsets, Arrays.copyOf(weights, offsets[count]));
  }

  int count() {
    return firsts.length;
  }

  /** The first source line of target line {@code i}, counted from {@code from}. */
  int first(int i) {
    return firsts[i];
  }

  /** Where in {@link #weights()} those of target line {@code i} begin. */
  int offset(int i) {
    return offsets[i];
  }

  /** How many source lines make target line {@code i}; at least one. */
  int size(int i) {
    return offsets[i + 1] - offsets[i];
  }

  /** The most source lines that make one target line. */
  int largest() {
    int largest = 0;
    for (int i = 0; i < firsts.length; i++) {
      largest = Math.max(largest, size(i));
    }
    return largest;
  }

  /** All weights, not negative; read only. */
  int[] weights() {
    return weights;
  }

  /** The first source line that any target line needs. */
  int begin() {
    return Arrays.stream(firsts).min().orElseThrow();
  }

  /** The source line behind the last that any target line needs. */
  int end() {
    int end = 0;
    for (int i = 0; i < firsts.length; i++) {
      end = Math.max(end, firsts[i] + size(i));
    }
    return end;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(int first, int[] weights) {
    /**
     * Differences of a running sum that ends at {@link #ONE}, without zeros at the ends. Rounding
     * the sum, not each weight, keeps the two sides of an edge within half a unit.
     */
    static Line ofSums(int first, int[] sums) {
      int begin = 0;
      while (sums[begin] == 0) {
        begin++;
      }
      int end = begin;
      while (sums[end] != ONE) {
        end++;
      }
      int[] weights = Arrays.copyOfRange(sums, begin, end + 1);
      for (int i = weights.length - 1; i > 0; i--) {
        weights[i] -= weights[i - 1];
      }
      return new Line(first + begin, weights);
    }
  }

  /** Shares of the source lines' overlap with the target line, as OpenCV's INTER_AREA; exact. */
  private static Line area(int source, int target, int line) {
    // In units of 1 / target of a source line, a source line is target long, a target line source.
    long begin = (long) line * source;
    int first = Math.toIntExact(begin / target);
    int last = Math.toIntExact((begin + source - 1) / target);
    int[] sums = new int[last - first + 1];
    for (int i = 0; i < sums.length; i++) {
      long covered = Math.min((first + i + 1L) * target - begin, source);
      sums[i] = Math.toIntExact((2 * covered * ONE + source) / (2L * source));
    }
    return Line.ofSums(first, sums);
  }

  /** As Pillow's BILINEAR (Resample.c, precompute_coeffs): cut at the borders, then normalised. */
  private static Line triangle(int source, int target, int line) {
    double scale = (double) source / target;
    double support = Math.max(scale, 1);
    double centre = (line + 0.5) * scale;
    int first = Math.max((int) (centre - support + 0.5), 0);
    int end = Math.min((int) (centre + support + 0.5), source);
    double[] sums = new double[end - first];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Math.max(0, 1 - Math.abs((first + i - centre + 0.5) / support));
      sums[i] = sum;
    }
    int[] rounded = new int[sums.length];
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (int) (sums[i] / sum * ONE + 0.5);
    }
    return Line.ofSums(first, rounded);
  }
}
