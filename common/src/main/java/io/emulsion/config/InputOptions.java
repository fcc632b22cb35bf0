package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is read.
 *
 * @param paths folders whose folders are the classes; at least one, unmodifiable
 * @param failOnBad whether the first unusable image stops the job; else it is quarantined
 * @param maxBadFraction share of unusable images above which the job stops, in {@code [0, 1]}
 */
public record InputOptions(List<String> paths, boolean failOnBad, double maxBadFraction)
    implements Serializable {
  public InputOptions {
    paths = Collections.unmodifiableList(new ArrayList<>(paths));
    option(!paths.isEmpty(), "input.path has an empty list: name at least one");
    for (String path : paths) {
      option(!path.isBlank(), "input.path must not be empty");
      option(
          !Credentials.in(path),
          "input.path holds a user name or key before the '@': give credentials to Spark instead");
    }
    option(
        maxBadFraction >= 0 && maxBadFraction <= 1,
        "input.max-bad-fraction must be from 0 to 1, but is %s",
        maxBadFraction);
  }
}
