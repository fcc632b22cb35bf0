package io.emulsion.spark.source;

import io.emulsion.random.IdDigest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What one task found of an input, whatever its format; then what all have found together. */
abstract class TaskListing implements Serializable {
  private static final long serialVersionUID = 1;

  /** The files of references that were written; none if only counts were wanted. */
  final ArrayList<String> files = new ArrayList<>();

  long inputBytes;
  final IdDigest digest = new IdDigest();

  /** Empty where files of references are written. */
  final InputSample sample = new InputSample();

  /** Images, or boxes, by class index. */
  final HashMap<Integer, Long> classCounts = new HashMap<>();

  final HashMap<String, Long> ignored = new HashMap<>();

  /** Adds what another task found. */
  final void addListing(TaskListing other) {
    files.addAll(other.files);
    inputBytes += other.inputBytes;
    digest.add(other.digest);
    sample.add(other.sample);
    other.classCounts.forEach((label, count) -> classCounts.merge(label, count, Long::sum));
    other.ignored.forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
  }

  final List<Long> countsOf(int classes) {
    List<Long> result = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      result.add(classCounts.getOrDefault(label, 0L));
    }
    return result;
  }
}
