package io.emulsion.label;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What labels become. Immutable.
 *
 * @param classes file of class names, a Hadoop path; null for the folders' names, sorted
 */
public record LabelOptions(@Nullable String classes) implements Serializable {
  private static final long serialVersionUID = 1;

  public LabelOptions {
    option(classes == null || !classes.isBlank(), "label.classes must not be empty");
  }

  /** The file of class names; empty where the folders are the classes. */
  public Optional<String> classesFile() {
    return Optional.ofNullable(classes);
  }
}
