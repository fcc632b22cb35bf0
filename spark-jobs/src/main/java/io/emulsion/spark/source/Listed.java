package io.emulsion.spark.source;

import java.util.ArrayList;

/** What one task found in its class folders. Plain fields: it crosses the wire. */
final class Listed extends TaskListing {
  private static final long serialVersionUID = 1;

  /** Whether some class folder holds an image itself, not only in folders below. */
  boolean imagesAtOnce;

  /** Class folders with images in folders below. */
  final ArrayList<String> nested = new ArrayList<>();

  void ignore(FileKind kind) {
    ignored.merge(kind.plural(), 1L, Long::sum);
  }

  /** Adds what another task found. */
  void add(Listed other) {
    addListing(other);
    imagesAtOnce |= other.imagesAtOnce;
    nested.addAll(other.nested);
  }

  long count() {
    return classCounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
