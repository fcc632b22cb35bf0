package io.emulsion.annotation;

import io.emulsion.sample.RunLengths;
import java.util.Arrays;
import java.util.Optional;

/** COCO's run lengths, as a list of counts or as the string that pycocotools makes of one. */
final class RunLengthParser {
  /** Of a mask: more are taken for an attack on the memory. */
  static final int MOST_RUNS = 1 << 22;

  private RunLengthParser() {}

  /** The mask of these counts; empty if they are not those of {@code [height, width]}. */
  static Optional<RunLengths> of(long height, long width, int[] counts) {
    if (height < 1 || width < 1 || height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long sum = 0;
    for (int count : counts) {
      if (count < 0) {
        return Optional.empty();
      }
      sum += count;
    }
    return sum == height * width && sum <= Integer.MAX_VALUE
        ? Optional.of(new RunLengths((int) height, (int) width, counts))
        : Optional.empty();
  }

  /**
   * The mask of a compressed string (maskApi.c, rleFrString): characters from {@code 48} on hold 5
   * bits each, the lowest first, then 32 if more follow; 16 in the last is the sign. From the
   * fourth on, a count is stored as the difference to the one before the last.
   */
  static Optional<RunLengths> of(long height, long width, String compressed) {
    int[] counts = new int[16];
    int size = 0;
    for (int at = 0; at < compressed.length(); ) {
      long count = 0;
      int shift = 0;
      int part;
      do {
        if (at == compressed.length() || shift > 30) {
          return Optional.empty();
        }
        part = compressed.charAt(at++) - 48;
        if (part < 0 || part > 63) {
          return Optional.empty();
        }
        count |= (long) (part & 31) << shift;
        shift += 5;
      } while ((part & 32) != 0);
      if ((part & 16) != 0) {
        count |= -1L << shift;
      }
      if (size > 2) {
        count += counts[size - 2];
      }
      if (count < 0 || count > Integer.MAX_VALUE || size == MOST_RUNS) {
        return Optional.empty();
      }
      if (size == counts.length) {
        counts = Arrays.copyOf(counts, 2 * size);
      }
      counts[size++] = (int) count;
    }
    return of(height, width, Arrays.copyOf(counts, size));
  }
}
