package io.emulsion.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.sample.ImageId;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The vectors are what {@code .ci/python/draws.py} prints, which knows the design, not this code.
 */
class KeyedRandomTest {
  private final KeyedRandom random =
      ImageKey.of(0, Purpose.LAMBDA, 0, new ImageId("cat/1.jpg")).random();

  @Test
  void drawsTheDoublesOfXoroshiro128PlusPlus() {
    assertThat(DoubleStream.generate(random::nextDouble).limit(5).toArray())
        .containsExactly(
            0x1.bfe490b458c48p-4,
            0x1.3f2ba8ca6e088p-1,
            0x1.85053e7a0c5fdp-1,
            0x1.7ffefa614ee23p-1,
            0x1.444a3b95695f7p-1);
  }

  @Test
  void drawsTheNormalDeviatesOfThePolarMethod() {
    double[] expected = {
      -0.8513032207767705, 0.26886843043448216, 0.8240948042988412, 0.7929669291377988
    };
    assertThat(DoubleStream.generate(random::nextGaussian).limit(4).toArray())
        .containsExactly(expected, Offset.offset(1e-14));
  }

  @Test
  void startsAnewFromAnEqualKey() {
    ImageKey key = new ImageKey(1, 2);
    assertThat(key.random().nextDouble()).isEqualTo(key.random().nextDouble());
  }

  @Test
  void refusesAnotherSeed() {
    assertThatThrownBy(() -> random.setSeed(1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("A keyed generator is seeded by its key alone");
  }
}
