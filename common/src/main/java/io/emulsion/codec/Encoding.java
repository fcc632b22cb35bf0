package io.emulsion.codec;

import java.util.Locale;

/** How the pixels of a mixed image are stored. */
public enum Encoding {
  JPEG,
  PNG,
  /** {@code uint8} RGB, {@code [height, width, 3]}. */
  RAW,
  /** {@code float32} RGB, little endian, {@code [height, width, 3]}. */
  FLOAT32;

  /** Lower-case name as options and records have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
