package io.emulsion.mix;

import java.util.Locale;

/** What the time of a sample goes into. */
public enum Stage {
  READ,
  DECODE,
  PREPARE,
  BLEND,
  ENCODE,
  WRITE;

  /** Lower-case name as reports have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
