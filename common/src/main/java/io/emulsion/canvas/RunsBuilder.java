package io.emulsion.canvas;

import java.util.Arrays;

/** Joins runs of 0s and 1s to those of a mask, the 0s first. Not thread-safe. */
final class RunsBuilder {
  private int[] counts = new int[16];
  private int last; // an even run holds 0s

  void add(boolean value, long length) {
    if (length == 0) {
      return;
    }
    if (value != (last % 2 == 1)) {
      last++;
      if (last == counts.length) {
        counts = Arrays.copyOf(counts, 2 * counts.length);
      }
    }
    counts[last] = Math.toIntExact(counts[last] + length);
  }

  int[] counts() {
    return Arrays.copyOf(counts, last + 1);
  }
}
