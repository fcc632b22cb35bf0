package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;

/**
 * Mixes two images. Of unequal shapes, the larger height and the larger width hold, both images are
 * at the top left, and a pixel that one of them does not have counts as 0. Not thread-safe.
 *
 * @param <T> of the mixed pixels
 */
public interface Blender<T> extends AutoCloseable {
  /**
   * Mixes {@code first} with its partner; changes neither.
   *
   * @param partner may be {@code first} itself
   * @param lambda wanted share of {@code first}
   * @return the mixed pixels, with the share of {@code first} that really went into them; labels
   *     are merged with that one. The pixels may be the blender's own, good until the next call
   */
  Blend<T> blend(Image first, Image partner, Lambda lambda);

  /** Gives back native memory, where there is any. */
  @Override
  void close();
}
