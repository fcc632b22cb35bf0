package io.emulsion.shard;

import java.io.Serializable;
import java.util.List;

/**
 * What is the same in all records of a data set.
 *
 * @param classes their names in the order of their numbers
 * @param imageFormat the encoding of the images: {@code jpeg}, {@code png}, {@code raw} or {@code
 *     float32}
 * @param labelOffset added to the number of a class where it is stored
 * @param soft whether records hold soft labels
 * @param boxes whether records hold boxes, each of a class, in place of an image's classes
 */
public record ShardContext(
    List<String> classes, String imageFormat, int labelOffset, boolean soft, boolean boxes)
    implements Serializable {
  /**
   * Where stored numbers index a list of names, each number below the offset takes a name that
   * means nothing: above this offset such a list is left out.
   */
  public static final int MOST_OFFSET_WITH_NAMES = 1000;

  /** Of a classification. */
  public ShardContext(List<String> classes, String imageFormat, int labelOffset, boolean soft) {
    this(classes, imageFormat, labelOffset, soft, false);
  }
}
