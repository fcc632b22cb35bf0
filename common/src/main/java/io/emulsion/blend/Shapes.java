package io.emulsion.blend;

import io.emulsion.sample.Image;

/** What two images must have in common. */
final class Shapes {
  private Shapes() {}

  static void requireSame(Image first, Image partner) {
    if (first.height() != partner.height() || first.width() != partner.width()) {
      throw new IllegalArgumentException(
          String.format(
              "Cannot blend %d x %d with %d x %d",
              first.height(), first.width(), partner.height(), partner.width()));
    }
  }
}
