package io.emulsion.label;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What labels become. Immutable.
 *
 * @param classes file of class names, a Hadoop path; null for the folders' names, sorted
 * @param offset added to the number of a class wherever it is stored, in {@code [0, 1000000]}
 * @param smoothing of soft labels: the share that is spread evenly over all classes, in {@code [0,
 *     1)}
 * @param minWeight of boxes: those of a mixed image with a weight below it are left out, in {@code
 *     [0, 1]}
 */
public record LabelOptions(
    @Nullable String classes, int offset, double smoothing, Soft soft, double minWeight)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_OFFSET = 1_000_000;

  /** Whether a record holds the share of each class, and how. */
  public enum Soft {
    NONE,
    FLOAT32
  }

  public LabelOptions {
    option(classes == null || !classes.isBlank(), "label.classes must not be empty");
    option(
        offset >= 0 && offset <= MOST_OFFSET,
        "label.offset must be from 0 to %s, but is %s",
        MOST_OFFSET,
        offset);
    option(
        smoothing >= 0 && smoothing < 1,
        "label.smoothing must be at least 0 and below 1, but is %s",
        smoothing);
    option(
        minWeight >= 0 && minWeight <= 1,
        "label.min-weight must be from 0 to 1, but is %s",
        minWeight);
  }

  /** Options that leave out no box. */
  public LabelOptions(@Nullable String classes, int offset, double smoothing, Soft soft) {
    this(classes, offset, smoothing, soft, 0);
  }

  /** The file of class names; empty where the folders are the classes. */
  public Optional<String> classesFile() {
    return Optional.ofNullable(classes);
  }
}
