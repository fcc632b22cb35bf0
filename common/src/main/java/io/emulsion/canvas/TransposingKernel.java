package io.emulsion.canvas;

import io.emulsion.sample.Image;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Resizes the vertical axis and writes the result transposed, so that running it twice resizes both
 * axes and gives the rows back.
 *
 * <p>Weighting rows needs no pixels, only bytes: eight bytes of a row are one long, and its even
 * and its odd bytes are four 16-bit lanes each. A weight {@code w} of {@link Taps} is {@code 32 *
 * high + low}, and {@code H}, the sum of the bytes times {@code high}, and {@code L}, that of the
 * bytes times {@code low}, are kept apart. No lane overflows, as a byte is at most 255:
 *
 * <ul>
 *   <li>the weights of a line sum to 8192, so {@code H + L / 32 <= 255 * 8192 / 32 = 65280}; with
 *       128 to round it is 65408, below 65536, and its high byte is the result;
 *   <li>{@code low <= 31}, so 8 taps add at most {@code 8 * 31 * 255 = 63240} to {@code L}; then
 *       all but its last five bits move to {@code H}, which leaves at most 31: 63271, below 65536.
 * </ul>
 *
 * The result is {@code (sum of byte * w + 4096) >> 13}: half up, exact for any number of taps.
 */
final class TransposingKernel {
  /** Pixels that are made at once; the image's other axis is rounded up to a multiple of it. */
  static final int BLOCK = 8;

  /**
   * Bytes between a target row's end and the next row. A pixel is written with a fourth byte, which
   * the pixel to its right, written later, or this gap takes.
   */
  static final int GAP_BYTES = 8;

  private static final int FOLD_TAPS = 8;
  private static final int LOW_BITS = 5;
  private static final int LOW = 31;
  private static final long LANES = 0x00FF00FF00FF00FFL;
  private static final long HALF = 0x0080008000800080L;
  private static final long CARRY = 0x07FF07FF07FF07FFL;
  private static final long REST = 0x001F001F001F001FL;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private TransposingKernel() {}

  /** Bytes from one row of a target with {@code columns} pixels a row to the next. */
  static int pitch(int columns) {
    return columns * 3 + GAP_BYTES;
  }

  /** Bytes that a target of {@code rows} times {@code columns} pixels needs. */
  static int sizeBytes(int rows, int columns) {
    int wholeBlocks = (rows + BLOCK - 1) / BLOCK * BLOCK;
    return Math.addExact(Math.multiplyExact(wholeBlocks, pitch(columns)), Image.SPARE_BYTES);
  }

  /**
   * Makes {@code columns} target rows of {@code taps.count()} pixels.
   *
   * @param source rows of pixels, with {@link Image#SPARE_BYTES} behind the last
   * @param start index of the first pixel of source row 0; may lie before the array if the taps do
   *     not use that row
   * @param pitch bytes from one source row to the next
   * @param target at least {@link #sizeBytes} long
   */
  static void run(byte[] source, int start, int pitch, int columns, Taps taps, byte[] target) {
    int step = pitch(taps.count());
    int[] weights = taps.weights();
    for (int i = 0; i < taps.count(); i++) {
      int row = start + taps.first(i) * pitch;
      int offset = taps.offset(i);
      switch (taps.size(i)) {
        case 1 -> copy(source, row, columns, target, i * 3, step);
        case 2 -> weigh2(source, row, pitch, columns, weights, offset, target, i * 3, step);
        case 3 -> weigh3(source, row, pitch, columns, weights, offset, target, i * 3, step);
        case 4 -> weigh4(source, row, pitch, columns, weights, offset, target, i * 3, step);
        default ->
            weighMany(
                source, row, pitch, columns, weights, offset, taps.size(i), target, i * 3, step);
      }
    }
  }

  private static void copy(byte[] source, int row, int columns, byte[] target, int to, int step) {
    for (int x = 0, at = row; x < columns; x += BLOCK, at += 24) {
      write(
          (long) LONGS.get(source, at),
          (long) LONGS.get(source, at + 8),
          (long) LONGS.get(source, at + 16),
          target,
          to + x * step,
          step);
    }
  }

  private static void weigh2(
      byte[] source,
      int row,
      int pitch,
      int columns,
      int[] weights,
      int offset,
      byte[] target,
      int to,
      int step) {
    int w0 = weights[offset];
    int w1 = weights[offset + 1];
    for (int x = 0, at = row; x < columns; x += BLOCK, at += 24) {
      write(
          sum2(source, at, pitch, w0, w1),
          sum2(source, at + 8, pitch, w0, w1),
          sum2(source, at + 16, pitch, w0, w1),
          target,
          to + x * step,
          step);
    }
  }

  private static void weigh3(
      byte[] source,
      int row,
      int pitch,
      int columns,
      int[] weights,
      int offset,
      byte[] target,
      int to,
      int step) {
    int w0 = weights[offset];
    int w1 = weights[offset + 1];
    int w2 = weights[offset + 2];
    for (int x = 0, at = row; x < columns; x += BLOCK, at += 24) {
      write(
          sum3(source, at, pitch, w0, w1, w2),
          sum3(source, at + 8, pitch, w0, w1, w2),
          sum3(source, at + 16, pitch, w0, w1, w2),
          target,
          to + x * step,
          step);
    }
  }

  private static void weigh4(
      byte[] source,
      int row,
      int pitch,
      int columns,
      int[] weights,
      int offset,
      byte[] target,
      int to,
      int step) {
    int w0 = weights[offset];
    int w1 = weights[offset + 1];
    int w2 = weights[offset + 2];
    int w3 = weights[offset + 3];
    for (int x = 0, at = row; x < columns; x += BLOCK, at += 24) {
      write(
          sum4(source, at, pitch, w0, w1, w2, w3),
          sum4(source, at + 8, pitch, w0, w1, w2, w3),
          sum4(source, at + 16, pitch, w0, w1, w2, w3),
          target,
          to + x * step,
          step);
    }
  }

  private static void weighMany(
      byte[] source,
      int row,
      int pitch,
      int columns,
      int[] weights,
      int offset,
      int size,
      byte[] target,
      int to,
      int step) {
    for (int x = 0, at = row; x < columns; x += BLOCK, at += 24) {
      write(
          sumMany(source, at, pitch, weights, offset, size),
          sumMany(source, at + 8, pitch, weights, offset, size),
          sumMany(source, at + 16, pitch, weights, offset, size),
          target,
          to + x * step,
          step);
    }
  }

  private static long sum2(byte[] source, int at, int pitch, int w0, int w1) {
    long v0 = (long) LONGS.get(source, at);
    long v1 = (long) LONGS.get(source, at + pitch);
    return join(
        even(v0) * (w0 >> LOW_BITS) + even(v1) * (w1 >> LOW_BITS),
        even(v0) * (w0 & LOW) + even(v1) * (w1 & LOW),
        odd(v0) * (w0 >> LOW_BITS) + odd(v1) * (w1 >> LOW_BITS),
        odd(v0) * (w0 & LOW) + odd(v1) * (w1 & LOW));
  }

  private static long sum3(byte[] source, int at, int pitch, int w0, int w1, int w2) {
    long v0 = (long) LONGS.get(source, at);
    long v1 = (long) LONGS.get(source, at + pitch);
    long v2 = (long) LONGS.get(source, at + 2 * pitch);
    return join(
        even(v0) * (w0 >> LOW_BITS) + even(v1) * (w1 >> LOW_BITS) + even(v2) * (w2 >> LOW_BITS),
        even(v0) * (w0 & LOW) + even(v1) * (w1 & LOW) + even(v2) * (w2 & LOW),
        odd(v0) * (w0 >> LOW_BITS) + odd(v1) * (w1 >> LOW_BITS) + odd(v2) * (w2 >> LOW_BITS),
        odd(v0) * (w0 & LOW) + odd(v1) * (w1 & LOW) + odd(v2) * (w2 & LOW));
  }

  private static long sum4(byte[] source, int at, int pitch, int w0, int w1, int w2, int w3) {
    long v0 = (long) LONGS.get(source, at);
    long v1 = (long) LONGS.get(source, at + pitch);
    long v2 = (long) LONGS.get(source, at + 2 * pitch);
    long v3 = (long) LONGS.get(source, at + 3 * pitch);
    return join(
        even(v0) * (w0 >> LOW_BITS)
            + even(v1) * (w1 >> LOW_BITS)
            + even(v2) * (w2 >> LOW_BITS)
            + even(v3) * (w3 >> LOW_BITS),
        even(v0) * (w0 & LOW)
            + even(v1) * (w1 & LOW)
            + even(v2) * (w2 & LOW)
            + even(v3) * (w3 & LOW),
        odd(v0) * (w0 >> LOW_BITS)
            + odd(v1) * (w1 >> LOW_BITS)
            + odd(v2) * (w2 >> LOW_BITS)
            + odd(v3) * (w3 >> LOW_BITS),
        odd(v0) * (w0 & LOW) + odd(v1) * (w1 & LOW) + odd(v2) * (w2 & LOW) + odd(v3) * (w3 & LOW));
  }

  private static long sumMany(
      byte[] source, int at, int pitch, int[] weights, int offset, int size) {
    long evenHigh = 0;
    long evenLow = 0;
    long oddHigh = 0;
    long oddLow = 0;
    for (int begin = 0; begin < size; begin += FOLD_TAPS) {
      int end = Math.min(begin + FOLD_TAPS, size);
      for (int k = begin, from = at + begin * pitch; k < end; k++, from += pitch) {
        long v = (long) LONGS.get(source, from);
        int w = weights[offset + k];
        evenHigh += even(v) * (w >> LOW_BITS);
        evenLow += even(v) * (w & LOW);
        oddHigh += odd(v) * (w >> LOW_BITS);
        oddLow += odd(v) * (w & LOW);
      }
      evenHigh += evenLow >>> LOW_BITS & CARRY;
      evenLow &= REST;
      oddHigh += oddLow >>> LOW_BITS & CARRY;
      oddLow &= REST;
    }
    return join(evenHigh, evenLow, oddHigh, oddLow);
  }

  private static long even(long bytes) {
    return bytes & LANES;
  }

  private static long odd(long bytes) {
    return bytes >>> 8 & LANES;
  }

  /** Rounds the four lanes of either half and puts them together again. */
  private static long join(long evenHigh, long evenLow, long oddHigh, long oddLow) {
    long even = evenHigh + (evenLow >>> LOW_BITS & CARRY) + HALF;
    long odd = oddHigh + (oddLow >>> LOW_BITS & CARRY) + HALF;
    return ((even >>> 8) & LANES) | (odd & ~LANES);
  }

  /** Writes eight pixels one below the other. */
  private static void write(long a, long b, long c, byte[] target, int at, int step) {
    INTS.set(target, at, (int) a);
    INTS.set(target, at + step, (int) (a >>> 24));
    INTS.set(target, at + 2 * step, (int) (a >>> 48 | b << 16));
    INTS.set(target, at + 3 * step, (int) (b >>> 8));
    INTS.set(target, at + 4 * step, (int) (b >>> 32));
    INTS.set(target, at + 5 * step, (int) (b >>> 56 | c << 8));
    INTS.set(target, at + 6 * step, (int) (c >>> 16));
    INTS.set(target, at + 7 * step, (int) (c >>> 40));
  }
}
