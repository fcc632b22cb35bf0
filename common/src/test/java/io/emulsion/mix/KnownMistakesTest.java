package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.blend.MixupBlender;
import io.emulsion.label.LabelMerger;
import io.emulsion.label.LabelOptions;
import io.emulsion.label.LabelOptions.Soft;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.lambda.LambdaOptions.Law;
import io.emulsion.pairing.Pair;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.Pairs;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other implementations of mixup got wrong. */
class KnownMistakesTest {
  private static final PairingOptions PAIRING = new PairingOptions(3, 4, 4, 256);
  private static final PartnerOptions UNIFORM =
      new PartnerOptions(Scope.SAMPLE, 128, Choice.UNIFORM, 1, 0);

  private static List<Pair> pairs(int count) throws IOException {
    List<ImageReference> block = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      block.add(new ImageReference(new ImageId("a/" + i), i, 0, 0, 0));
    }
    Pairs pairs = Pairs.of(PAIRING, UNIFORM, 0, block, sample -> true);
    List<Pair> all = new ArrayList<>();
    for (Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
      all.add(pair);
    }
    return all;
  }

  private static LambdaDraws draws(double alpha) {
    return new LambdaDraws(3, new LambdaOptions(Law.BETA, alpha, alpha, 0, 1, 0.5, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 255, 257})
  void anOddBlockLosesNoSample(int count) throws IOException {
    assertThat(pairs(count)).hasSize(count).allMatch(pair -> !pair.first().equals(pair.partner()));
  }

  @Test
  void anImageThatMeetsItsOwnClassHasThatClassWhole() {
    LabelMerger labels = LabelMerger.of(new LabelOptions(null, 0, 0, Soft.FLOAT32), 4);
    for (int weight = 0; weight <= Lambda.ONE; weight += 257) {
      assertThat(labels.soft(2, 2, new Lambda(weight).value())).containsExactly(0, 0, 1, 0);
    }
  }

  @Test
  void aTinyAlphaGivesNoNaN() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(draws(0.001).lambda(0, new ImageId("a/" + i)).value()).isBetween(0.0, 1.0);
    }
  }

  /** Beta(alpha, 1) and max(l, 1 - l) are what some draw instead. */
  @Test
  void lambdaIsDrawnFromBetaOfAlphaAndAlpha() {
    double[] lambdas = new double[20_000];
    for (int i = 0; i < lambdas.length; i++) {
      lambdas[i] = draws(0.4).lambda(0, new ImageId("a/" + i)).value();
    }
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    // Steps of 1/65536 hold some mass at both ends: far less than the distance allowed here.
    double distance = test.kolmogorovSmirnovStatistic(new BetaDistribution(0.4, 0.4), lambdas);
    assertThat(distance).isLessThan(0.0138); // p = 0.001
    assertThat(test.kolmogorovSmirnovStatistic(new BetaDistribution(0.4, 1), lambdas))
        .isGreaterThan(0.1);
  }

  @Test
  void runsWithOneSeedAreEqualAndWithAnotherAreNot() throws IOException {
    assertThat(pairs(100)).isEqualTo(pairs(100));
    ImageId id = new ImageId("a/1");
    LambdaOptions beta = new LambdaOptions(Law.BETA, 1, 1, 0, 1, 0.5, false);
    assertThat(new LambdaDraws(3, beta).lambda(0, id)).isEqualTo(draws(1).lambda(0, id));
    assertThat(new LambdaDraws(4, beta).lambda(0, id)).isNotEqualTo(draws(1).lambda(0, id));
  }

  /** Rounding half up would brighten by a quarter level, truncation darken by as much. */
  @Test
  void anEvenMixNeitherBrightensNorDarkens() {
    Random random = new Random(5);
    List<Image> ring = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      byte[] rgb = Image.allocate(64, 64);
      random.nextBytes(rgb);
      ring.add(new Image(64, 64, rgb));
    }
    Lambda half = Lambda.round(0.5);
    double error = 0;
    long values = 0;
    for (int i = 0; i < ring.size(); i++) {
      Image first = ring.get(i);
      Image partner = ring.get((i + 1) % ring.size());
      byte[] mixed = new MixupBlender().blend(first, partner, half).mixed().toBytes();
      for (int k = 0; k < first.sizeBytes(); k++, values++) {
        double exact = ((first.rgb()[k] & 0xFF) + (partner.rgb()[k] & 0xFF)) / 2.0;
        error += (mixed[k] & 0xFF) - exact;
      }
    }
    assertThat(Math.abs(error / values)).isLessThan(0.02);
  }
}
