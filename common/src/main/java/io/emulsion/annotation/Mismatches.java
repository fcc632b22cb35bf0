package io.emulsion.annotation;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Mismatches, counted by kind; the first few of each are named, in the order of their names, so
 * that it does not show who found them. Not thread-safe.
 */
public final class Mismatches implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_NAMES = 10;
  private static final int MOST_CHARACTERS = 300;

  private final boolean fail;
  private final TreeMap<Mismatch, Long> counts = new TreeMap<>();
  private final TreeMap<Mismatch, TreeSet<String>> names = new TreeMap<>();

  public Mismatches(BadBoxes badBoxes) {
    this.fail = badBoxes == BadBoxes.FAIL;
  }

  /**
   * @param name the image, file or annotation, and what is wrong with it
   * @throws EmulsionException (bad inputs) if the first one ends the job
   */
  public void add(Mismatch kind, String name) {
    String shown =
        name.length() <= MOST_CHARACTERS ? name : name.substring(0, MOST_CHARACTERS) + "...";
    if (fail) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          "The annotations do not fit (%s): %s. Mend them, or set input.on-bad-box to clip or drop",
          kind.plural(),
          shown);
    }
    counts.merge(kind, 1L, Long::sum);
    addName(kind, shown);
  }

  /** Adds what another task found. */
  public void add(Mismatches other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    other.names.forEach((kind, all) -> all.forEach(name -> addName(kind, name)));
  }

  private void addName(Mismatch kind, String name) {
    TreeSet<String> ofKind = names.computeIfAbsent(kind, key -> new TreeSet<>());
    ofKind.add(name);
    if (ofKind.size() > MOST_NAMES) {
      ofKind.pollLast();
    }
  }

  /** How many there are of each kind that there is. */
  public SortedMap<Mismatch, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** Up to 10 of a kind. */
  public SortedSet<String> names(Mismatch kind) {
    return names.getOrDefault(kind, new TreeSet<>());
  }
}
