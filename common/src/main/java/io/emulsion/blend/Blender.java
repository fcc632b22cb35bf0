package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;

/** Mixes two images of one shape into one view. Stateless and thread-safe. */
public interface Blender {
  /**
   * Mixes {@code first} with its partner; changes neither.
   *
   * @param lambda wanted share of {@code first}
   * @return the view, with the share of {@code first} that really went into it; labels are merged
   *     with that one
   * @throws IllegalArgumentException if the shapes differ
   */
  Blend blend(Image first, Image partner, Lambda lambda);
}
