package io.emulsion.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emulsion.label.LabelOptions.Soft;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftLabelMergerTest {
  private static float[] plainJava(int classes, double smoothing, int a, int b, double lambda) {
    float[] soft = new float[classes];
    for (int k = 0; k < classes; k++) {
      double ofA = k == a ? 1 - smoothing + smoothing / classes : smoothing / classes;
      double ofB = k == b ? 1 - smoothing + smoothing / classes : smoothing / classes;
      soft[k] = (float) (lambda * ofA + (1 - lambda) * ofB);
    }
    return soft;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "1, 0.3",
    "2, 0",
    "2, 0.1",
    "3, 0.7",
    "10, 0.1",
    "1000, 0",
    "1000, 0.1",
    "21841, 0.1"
  })
  void hasTheBitsOfPlainJavaAndSumsToOne(int classes, double smoothing) {
    LabelMerger merger = new SoftLabelMerger(classes, smoothing);
    Random random = new Random(classes);
    for (int i = 0; i < 300; i++) {
      int a = random.nextInt(classes);
      int b = i % 3 == 0 ? a : random.nextInt(classes);
      double lambda = i < 2 ? i : random.nextInt(65_537) / 65_536.0;
      float[] soft = merger.soft(a, b, lambda);
      assertThat(soft).isEqualTo(plainJava(classes, smoothing, a, b, lambda));
      assertThat(sum(soft)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void aPairOfOneClassHasExactlyThatClassOn() {
    for (int weight = 0; weight <= 65_536; weight += 4_096) {
      assertThat(new SoftLabelMerger(4, 0).soft(2, 2, weight / 65_536.0))
          .containsExactly(0, 0, 1, 0);
    }
    float[] smoothed = new SoftLabelMerger(4, 0.2).soft(1, 1, 0.3);
    assertThat(smoothed).containsExactly(0.05f, 0.85f, 0.05f, 0.05f);
  }

  @Test
  void lambdaIsTheShareOfTheFirst() {
    assertThat(new SoftLabelMerger(3, 0).soft(0, 2, 0.75)).containsExactly(0.75f, 0, 0.25f);
    assertThat(new SoftLabelMerger(3, 0).soft(0, 2, 0)).containsExactly(0, 0, 1);
  }

  @Test
  void optionsDecideWhetherThereIsOne() {
    LabelOptions none = new LabelOptions(null, 0, 0, Soft.NONE);
    LabelOptions smoothed = new LabelOptions(null, 7, 0.5, Soft.FLOAT32);
    assertThat(LabelMerger.of(none, 2).soft(0, 1, 0.5)).isEmpty();
    assertThat(LabelMerger.of(smoothed, 2).soft(1, 1, 1)).containsExactly(0.25f, 0.75f);
  }
}
