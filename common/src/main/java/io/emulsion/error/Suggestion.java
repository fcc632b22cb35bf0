package io.emulsion.error;

import java.util.Collection;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Suggestion {
  private static final int MOST_EDITS = 3;

  private Suggestion() {}

  /**
   * The candidate nearest to {@code word}: at most 3 edits away and at most one for every three
   * characters, the first among equals. An edit adds, drops or replaces a character or swaps two
   * neighbours.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    int most = Math.min(MOST_EDITS, Math.max(1, word.length() / 3));
    String nearest = null;
    for (String candidate : candidates) {
      // Lengths first: the table of a word as long as a whole file would not fit into memory.
      if (Math.abs(candidate.length() - word.length()) <= most) {
        int edits = edits(word, candidate);
        if (edits <= most) {
          nearest = candidate;
          most = edits - 1;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Damerau-Levenshtein distance in which no part is edited twice (optimal string alignment). */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : leastEdits(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int leastEdits(int[][] edits, String from, String to, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
