package io.emulsion.spark.source;

import io.emulsion.random.IdDigest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one task found in its class folders. Plain fields: it crosses the wire. */
final class Listed implements Serializable {
  private static final long serialVersionUID = 1;

  /** The file of references that it wrote; null if only counts were wanted. */
  @Nullable String file;

  long inputBytes;
  final IdDigest digest = new IdDigest();

  /** Empty where a file of references is written. */
  final InputSample sample = new InputSample();

  /** Images by class index. */
  final HashMap<Integer, Long> classCounts = new HashMap<>();

  final HashMap<String, Long> ignored = new HashMap<>();

  /** Whether some class folder holds an image itself, not only in folders below. */
  boolean imagesAtOnce;

  /** Class folders with images in folders below. */
  final ArrayList<String> nested = new ArrayList<>();

  void ignore(FileKind kind) {
    ignored.merge(kind.plural(), 1L, Long::sum);
  }

  /** Adds what another task found; its file is not taken over. */
  void add(Listed other) {
    inputBytes += other.inputBytes;
    digest.add(other.digest);
    sample.add(other.sample);
    other.classCounts.forEach((label, count) -> classCounts.merge(label, count, Long::sum));
    other.ignored.forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
    imagesAtOnce |= other.imagesAtOnce;
    nested.addAll(other.nested);
  }

  long count() {
    return classCounts.values().stream().mapToLong(Long::longValue).sum();
  }

  List<Long> countsOf(int classes) {
    Map<Integer, Long> counts = classCounts;
    List<Long> result = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      result.add(counts.getOrDefault(label, 0L));
    }
    return result;
  }
}
