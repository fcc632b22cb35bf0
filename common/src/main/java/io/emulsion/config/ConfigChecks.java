package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import java.util.HashSet;
import java.util.Set;

/** What must hold between options; each option alone is checked by its record. */
final class ConfigChecks {
  private ConfigChecks() {}

  /** Every check that needs no file system. */
  static void check(EmulsionConfig config) {
    Set<String> seen = new HashSet<>();
    for (String path : config.input().paths()) {
      option(
          seen.add(withoutEndingSlashes(path)), "input.path names '%s' twice: name it once", path);
    }
  }

  private static String withoutEndingSlashes(String path) {
    return path.replaceFirst("(?<=[^/])/+$", "");
  }
}
