package io.emulsion.spark.source;

import io.emulsion.label.ClassIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a detection set.
 *
 * @param index names and numbers
 * @param labels class numbers by what annotations call a category
 */
record Classes(ClassIndex index, Map<String, Integer> labels) {
  /** Annotations call each class by its name. */
  static Classes byName(ClassIndex index) {
    Map<String, Integer> labels = new HashMap<>();
    index.names().forEach(name -> labels.put(name, index.indexOf(name)));
    return new Classes(index, labels);
  }

  /**
   * Annotations call each class by a number.
   *
   * @param names in the order of their numbers; equal names are one class
   * @param numbers of the names
   * @param wanted the classes, where the user names them; others are unknown
   */
  static Classes byNumber(List<String> names, List<Long> numbers, @Nullable ClassIndex wanted) {
    ClassIndex index =
        wanted != null ? wanted : ClassIndex.listed(names.stream().distinct().toList());
    Map<String, Integer> labels = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (index.contains(names.get(i))) {
        labels.put(Long.toString(numbers.get(i)), index.indexOf(names.get(i)));
      }
    }
    return new Classes(index, labels);
  }
}
