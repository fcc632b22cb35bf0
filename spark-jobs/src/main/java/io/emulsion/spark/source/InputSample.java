package io.emulsion.spark.source;

import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageReference;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * A few inputs that stand for all: those with the smallest keys, so the same ones whatever the
 * order and grouping in which they are added. Not thread-safe.
 */
public final class InputSample implements Serializable {
  /** Inputs at the most. */
  public static final int MOST = 64;

  private static final long serialVersionUID = 1;

  private final TreeMap<Long, ImageReference> smallest = new TreeMap<>();

  void add(ImageKey key, ImageReference reference) {
    smallest.put(key.first(), reference);
    if (smallest.size() > MOST) {
      smallest.pollLastEntry();
    }
  }

  void add(InputSample other) {
    smallest.putAll(other.smallest);
    while (smallest.size() > MOST) {
      smallest.pollLastEntry();
    }
  }

  /** In the order of their keys, which is no order of the input. */
  public List<ImageReference> references() {
    return List.copyOf(smallest.values());
  }
}
