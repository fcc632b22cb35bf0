package io.emulsion.spark.source;

import io.emulsion.label.ClassIndex;
import io.emulsion.sample.ImageReference;
import java.util.List;
import java.util.SortedMap;

/**
 * The listing of the input, taken once. What depends on it alone: ids, lengths and classes, not the
 * order in which they were found.
 *
 * @param files that hold the references, relative to the folder they were written to; none if only
 *     counts were wanted
 * @param count of references
 * @param inputBytes their lengths' sum
 * @param digest order-free, of (id, length, class) of each: 32 hexadecimal digits
 * @param classes all folders of the input, also those without an image
 * @param classCounts references of each class, by its index
 * @param ignored what was left out, counted by reason
 * @param sample a few of the references, at most {@link InputSample#MOST}, chosen by their keys;
 *     none if all were written to files
 */
public record Snapshot(
    List<String> files,
    long count,
    long inputBytes,
    String digest,
    ClassIndex classes,
    List<Long> classCounts,
    SortedMap<String, Long> ignored,
    List<ImageReference> sample) {

  /** The classes without an image, in their order. */
  public List<String> emptyClasses() {
    return classes.names().stream()
        .filter(name -> classCounts.get(classes.indexOf(name)) == 0)
        .toList();
  }
}
