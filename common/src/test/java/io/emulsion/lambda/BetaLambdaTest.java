package io.emulsion.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaLambdaTest {
  private static final int DRAWS = 50_000;

  /** The vectors are what {@code .ci/python/draws.py} prints, which knows the design alone. */
  @ParameterizedTest
  @CsvSource({
    "0.001, '65536, 0, 65536, 65536, 0, 65536, 65536, 65536, 0, 65536, 65536, 0'",
    "0.2, '58869, 2324, 16662, 65536, 266, 48543, 65517, 65282, 47749, 59983, 43734, 2'",
    "1, '36419, 13671, 16587, 64125, 18661, 39259, 63794, 57624, 54936, 51721, 32754, 924'",
    "2, '33313, 18587, 19519, 60485, 26304, 37369, 60766, 52352, 51512, 47650, 31715, 26217'",
    "8, '31884, 25635, 25294, 49167, 31891, 35088, 50892, 43643, 43730, 40824, 31543, 30108'",
    "1000, '32606, 32180, 32083, 34141, 32876, 32973, 34488, 33783, 33792, 33479, 32597, 32582'"
  })
  void drawsWhatTheDesignSays(double alpha, String expected) {
    LambdaSampler sampler = new BetaLambda(alpha, alpha);
    int[] weights =
        IntStream.range(0, 12)
            .mapToDouble(i -> draw(sampler, 0, i / 6, "cat/" + i % 6 + ".jpg"))
            .mapToInt(value -> Lambda.round(value).weight())
            .toArray();
    assertThat(Arrays.toString(weights)).isEqualTo("[" + expected + "]");
  }

  @ParameterizedTest
  @CsvSource({"0.2, 1", "1, 2", "2, 3", "8, 4"})
  void followsTheBetaDistribution(double alpha, long seed) {
    double[] draws = draws(alpha, seed);
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new BetaDistribution(alpha, alpha), draws, false);
    assertThat(p).isGreaterThan(0.01);
  }

  @Test
  void theTestTellsAnotherAlphaApart() {
    double p =
        new KolmogorovSmirnovTest()
            .kolmogorovSmirnovTest(new BetaDistribution(1.1, 1.1), draws(1, 2), false);
    assertThat(p).isLessThan(1e-4);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 5", "0.001, 6", "0.2, 7"})
  void storesZeroAndOneAsOftenAsTheLawSays(double alpha, long seed) {
    double[] draws = draws(alpha, seed);
    assertThat(draws).doesNotContain(Double.NaN);
    int[] weights = Arrays.stream(draws).mapToInt(draw -> Lambda.round(draw).weight()).toArray();
    long zeros = Arrays.stream(weights).filter(weight -> weight == 0).count();
    long ones = Arrays.stream(weights).filter(weight -> weight == Lambda.ONE).count();
    double atEnd = new BetaDistribution(alpha, alpha).cumulativeProbability(0.5 / Lambda.ONE);
    double p =
        new ChiSquareTest()
            .chiSquareTest(
                new double[] {DRAWS * atEnd, DRAWS * (1 - 2 * atEnd), DRAWS * atEnd},
                new long[] {zeros, DRAWS - zeros - ones, ones});
    assertThat(p)
        .as("%s zeros and %s ones, each %s expected", zeros, ones, DRAWS * atEnd)
        .isGreaterThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 1000})
  void staysWithinItsRangeAtBothEndsOfAlpha(double alpha) {
    assertThat(Arrays.stream(draws(alpha, 8))).allMatch(draw -> draw >= 0 && draw <= 1);
  }

  private static double[] draws(double alpha, long seed) {
    LambdaSampler sampler = new BetaLambda(alpha, alpha);
    return IntStream.range(0, DRAWS).mapToDouble(i -> draw(sampler, seed, 0, "i" + i)).toArray();
  }

  private static double draw(LambdaSampler sampler, long seed, int view, String id) {
    return sampler.sample(ImageKey.of(seed, Purpose.LAMBDA, view, new ImageId(id)).random());
  }
}
