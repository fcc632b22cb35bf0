package io.emulsion.pairing;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * A record to be.
 *
 * @param partner the first itself where the sample is not mixed; a batch can give it itself too
 * @param drawnBy whose key draws lambda; null where the sample is not mixed: lambda is 1
 */
public record Pair(ImageReference first, ImageReference partner, @Nullable ImageId drawnBy) {
  /** A sample that stays as it is. */
  static Pair unmixed(ImageReference sample) {
    return new Pair(sample, sample, null);
  }
}
