package io.emulsion.random;

import org.apache.commons.math3.random.AbstractRandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The generator of one image's draws for one purpose: xoroshiro128++ seeded by an {@link ImageKey}.
 * Everything but {@link #nextDouble} is Commons Math's, on top of it. Not thread-safe; make one for
 * each draw.
 */
public final class KeyedRandom extends AbstractRandomGenerator {
  private final UniformRandomProvider source;

  KeyedRandom(ImageKey key) {
    source = RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {key.first(), key.second()});
  }

  /** In {@code [0, 1)}, a multiple of 2^-53. */
  @Override
  public double nextDouble() {
    return source.nextDouble();
  }

  /** Refused: a key decides the draws, and there is one generator for each. */
  @Override
  public void setSeed(long seed) {
    throw new UnsupportedOperationException("A keyed generator is seeded by its key alone");
  }
}
