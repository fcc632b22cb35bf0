package io.emulsion.spark.source;

import io.emulsion.annotation.Mismatches;
import io.emulsion.label.ClassIndex;
import io.emulsion.sample.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listing of the input, taken once. What depends on it alone: ids, lengths, classes and boxes,
 * not the order in which they were found.
 *
 * @param files that hold the references, relative to the folder they were written to; none if only
 *     counts were wanted
 * @param count of references
 * @param inputBytes their lengths' sum
 * @param digest order-free, of (id, length, class or boxes) of each: 32 hexadecimal digits
 * @param classes all folders of the input, also those without an image; in detection all classes
 *     that the annotations name
 * @param classCounts references of each class, by its index; in detection boxes
 * @param ignored what was left out, counted by reason
 * @param boxes null in classification
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
    @Nullable Boxes boxes,
    List<ImageReference> sample) {

  /**
   * What is known of all boxes together.
   *
   * @param count of those that are left
   * @param imagesWithout images that have none
   * @param mismatches what was mended or left out
   */
  public record Boxes(long count, long imagesWithout, Mismatches mismatches) {}

  /** The classes without an image or box, in their order. */
  public List<String> emptyClasses() {
    return classes.names().stream()
        .filter(name -> classCounts.get(classes.indexOf(name)) == 0)
        .toList();
  }

  /** What was left out or mended, counted by reason. */
  public SortedMap<String, Long> leftOut() {
    SortedMap<String, Long> all = new TreeMap<>(ignored);
    if (boxes != null) {
      boxes.mismatches().counts().forEach((kind, count) -> all.put(kind.plural(), count));
    }
    return all;
  }

  /** Counts by reason on one line. */
  public static String describe(Map<String, Long> ignored) {
    return ignored.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
