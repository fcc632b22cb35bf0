package io.emulsion.canvas;

import java.util.Arrays;

/**
 * Weighs rows of bytes, four in an {@code int}: its even and its odd bytes are two 16-bit lanes
 * each. A weight {@code w} of {@link Taps} is {@code 32 * high + low}, and {@code H}, the sum of
 * the bytes times {@code high}, and {@code L}, that of the bytes times {@code low}, are kept apart.
 * No lane overflows, as a byte is at most 255:
 *
 * <ul>
 *   <li>the weights of a line sum to 8192, so {@code H + L / 32 <= 255 * 8192 / 32 = 65280}; with
 *       128 to round it is 65408, below 65536, and its high byte is the result;
 *   <li>{@code low <= 31}, so 8 taps add at most {@code 8 * 31 * 255 = 63240} to {@code L}; then
 *       all but its last five bits move to {@code H}, which leaves at most 31: 63271, below 65536.
 * </ul>
 *
 * The result is {@code (sum of byte * w + 4096) >> 13}: half up, exact for any number of taps.
 *
 * <p>Each loop is so short, and each row an array of its own from index 0, that C2 makes SIMD code
 * of it; in one loop for all lanes it does not, which takes five times as long. Not thread-safe.
 */
final class Lanes {
  private static final int FOLD_TAPS = 8;
  private static final int LOW_BITS = 5;
  private static final int LOW = 31;
  private static final int LANES = 0x00FF00FF;
  private static final int HALF = 0x00800080;
  private static final int CARRY = 0x07FF07FF;
  private static final int REST = 0x001F001F;

  private int[] high = new int[0];
  private int[] low = new int[0];

  /**
   * Makes one row of others.
   *
   * @param rows each of at least {@code length} ints
   * @param weights sum to {@link Taps#ONE}; those from {@code offset} on weigh {@code rows}
   * @param size how many rows
   * @param target gets {@code length} ints; none of {@code rows}
   */
  void weigh(int[][] rows, int[] weights, int offset, int size, int length, int[] target) {
    if (high.length < length) {
      high = new int[length];
      low = new int[length];
    }
    int w0 = weights[offset];
    switch (size) {
      case 1 -> System.arraycopy(rows[0], 0, target, 0, length);
      case 2 -> weigh2(rows[0], rows[1], w0, weights[offset + 1], length, high, target);
      case 3 ->
          weigh3(
              rows[0],
              rows[1],
              rows[2],
              w0,
              weights[offset + 1],
              weights[offset + 2],
              length,
              high,
              target);
      default -> {
        even(rows, weights, offset, size, length);
        joinEven(high, low, length, target);
        odd(rows, weights, offset, size, length);
        joinOdd(high, low, length, target);
      }
    }
  }

  private static void weigh2(int[] a, int[] b, int wa, int wb, int length, int[] sum, int[] out) {
    int ah = wa >> LOW_BITS;
    int al = wa & LOW;
    int bh = wb >> LOW_BITS;
    int bl = wb & LOW;
    for (int i = 0; i < length; i++) {
      sum[i] = (a[i] & LANES) * ah + (b[i] & LANES) * bh + HALF;
    }
    for (int i = 0; i < length; i++) {
      int carry = (a[i] & LANES) * al + (b[i] & LANES) * bl;
      out[i] = (sum[i] + (carry >>> LOW_BITS & CARRY)) >>> 8 & LANES;
    }
    for (int i = 0; i < length; i++) {
      sum[i] = (a[i] >>> 8 & LANES) * ah + (b[i] >>> 8 & LANES) * bh + HALF;
    }
    for (int i = 0; i < length; i++) {
      int carry = (a[i] >>> 8 & LANES) * al + (b[i] >>> 8 & LANES) * bl;
      out[i] |= (sum[i] + (carry >>> LOW_BITS & CARRY)) & ~LANES;
    }
  }

  private static void weigh3(
      int[] a, int[] b, int[] c, int wa, int wb, int wc, int length, int[] sum, int[] out) {
    int ah = wa >> LOW_BITS;
    int al = wa & LOW;
    int bh = wb >> LOW_BITS;
    int bl = wb & LOW;
    int ch = wc >> LOW_BITS;
    int cl = wc & LOW;
    for (int i = 0; i < length; i++) {
      sum[i] = (a[i] & LANES) * ah + (b[i] & LANES) * bh + (c[i] & LANES) * ch + HALF;
    }
    for (int i = 0; i < length; i++) {
      int carry = (a[i] & LANES) * al + (b[i] & LANES) * bl + (c[i] & LANES) * cl;
      out[i] = (sum[i] + (carry >>> LOW_BITS & CARRY)) >>> 8 & LANES;
    }
    for (int i = 0; i < length; i++) {
      sum[i] =
          (a[i] >>> 8 & LANES) * ah + (b[i] >>> 8 & LANES) * bh + (c[i] >>> 8 & LANES) * ch + HALF;
    }
    for (int i = 0; i < length; i++) {
      int carry = (a[i] >>> 8 & LANES) * al + (b[i] >>> 8 & LANES) * bl + (c[i] >>> 8 & LANES) * cl;
      out[i] |= (sum[i] + (carry >>> LOW_BITS & CARRY)) & ~LANES;
    }
  }

  private void even(int[][] rows, int[] weights, int offset, int size, int length) {
    start(high, low, length);
    for (int k = 0; k < size; k++) {
      int w = weights[offset + k];
      addEven(rows[k], w >> LOW_BITS, length, high);
      addEven(rows[k], w & LOW, length, low);
      if (k % FOLD_TAPS == FOLD_TAPS - 1) {
        fold(high, low, length);
      }
    }
  }

  private void odd(int[][] rows, int[] weights, int offset, int size, int length) {
    start(high, low, length);
    for (int k = 0; k < size; k++) {
      int w = weights[offset + k];
      addOdd(rows[k], w >> LOW_BITS, length, high);
      addOdd(rows[k], w & LOW, length, low);
      if (k % FOLD_TAPS == FOLD_TAPS - 1) {
        fold(high, low, length);
      }
    }
  }

  private static void start(int[] high, int[] low, int length) {
    Arrays.fill(high, 0, length, HALF);
    Arrays.fill(low, 0, length, 0);
  }

  private static void addEven(int[] row, int weight, int length, int[] sum) {
    for (int i = 0; i < length; i++) {
      sum[i] += (row[i] & LANES) * weight;
    }
  }

  private static void addOdd(int[] row, int weight, int length, int[] sum) {
    for (int i = 0; i < length; i++) {
      sum[i] += (row[i] >>> 8 & LANES) * weight;
    }
  }

  private static void fold(int[] high, int[] low, int length) {
    for (int i = 0; i < length; i++) {
      high[i] += low[i] >>> LOW_BITS & CARRY;
    }
    for (int i = 0; i < length; i++) {
      low[i] &= REST;
    }
  }

  private static void joinEven(int[] high, int[] low, int length, int[] out) {
    for (int i = 0; i < length; i++) {
      out[i] = (high[i] + (low[i] >>> LOW_BITS & CARRY)) >>> 8 & LANES;
    }
  }

  private static void joinOdd(int[] high, int[] low, int length, int[] out) {
    for (int i = 0; i < length; i++) {
      out[i] |= (high[i] + (low[i] >>> LOW_BITS & CARRY)) & ~LANES;
    }
  }
}
