package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.sample.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanEstimateTest {
  /** 64 inputs, 16 of them bad, 4 views of the rest: 192 samples of 20,000 bytes. */
  private static final TrialMix.Cost COST =
      new TrialMix.Cost(64, 16, 192, 192 * 20_000, 224 * 224 * 3, 64 * 0.001, 192 * 0.0005);

  private static final TaskMemory TASK = new TaskMemory(256 << 20, 32 << 20, 16 << 20);

  private static PlanEstimate of(long inputs, int views, int viewsPerPass, String... formats) {
    return new PlanEstimate(
        inputs,
        27,
        AnnotationBytes.of(Annotation.NONE).length,
        new PairingOptions(0, views, viewsPerPass, 256),
        ShardLayout.of(inputs, 0).shards(),
        List.of(formats),
        TASK,
        COST);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1, 4, 2",
    "8000, 5, 4, 32",
    "1000000, 4, 4, 245",
    "1000000, 8, 4, 490",
    "1000000000, 1, 4, 10000",
    "1000000000, 9, 4, 30000"
  })
  void tasksGrowWithShardsAndPassesTo10000APass(long inputs, int views, int perPass, long tasks) {
    assertThat(of(inputs, views, perPass, "tfrecord").tasks()).isEqualTo(tasks);
  }

  @Test
  void openFilesGrowWithTheViewsOfAPassAndTheFormatsAlone() {
    assertThat(of(1000, 1, 4, "tfrecord").openWriters()).isEqualTo(1);
    assertThat(of(1000, 100, 4, "tfrecord").openWriters()).isEqualTo(4);
    assertThat(of(1_000_000_000, 100, 4, "tfrecord", "parquet").openWriters()).isEqualTo(8);
  }

  @Test
  void outputHoldsTheUsableInputsOnceAView() {
    assertThat(of(1000, 4, 4, "tfrecord").records()).isEqualTo(3000);
    assertThat(of(1000, 4, 4, "tfrecord").outputBytes()).isEqualTo(3000 * 20_000.0);
  }

  @Test
  void everyPassReadsTheInputOnceMoreAndEveryViewIsMixed() {
    double once = 1000 * 0.001;
    double view = 750 * 0.0005;
    assertThat(of(1000, 4, 4, "tfrecord").coreSeconds()).isEqualTo(once + 4 * view);
    assertThat(of(1000, 5, 4, "tfrecord").coreSeconds()).isEqualTo(2 * once + 5 * view);
  }

  @Test
  void referencesAreShuffledOnceAPass() {
    assertThat(of(1_000_000, 4, 4, "tfrecord").shuffleBytes()).isEqualTo(75e6);
    assertThat(of(1_000_000_000, 8, 4, "tfrecord").shuffleBytes()).isEqualTo(150e9);
  }

  @Test
  void boxesAreShuffledToo() {
    PlanEstimate ofBoxes =
        new PlanEstimate(
            1000, 27, 129, new PairingOptions(0, 1, 4, 256), 2, List.of("tfrecord"), TASK, COST);
    assertThat(ofBoxes.shuffleBytes()).isEqualTo(1000 * 200.0);
  }

  @Test
  void aTrialOfNothingEstimatesNothing() {
    PlanEstimate ofNothing =
        new PlanEstimate(
            0,
            0,
            0,
            new PairingOptions(0, 1, 4, 256),
            1,
            List.of("tfrecord"),
            TASK,
            new TrialMix.Cost(0, 0, 0, 0, 0, 0, 0));
    assertThat(ofNothing.records()).isZero();
    assertThat(ofNothing.outputBytes()).isZero();
    assertThat(ofNothing.coreSeconds()).isZero();
  }

  @Test
  void memoryOfTheDriverGrowsWithTheTasksAlone() {
    double ofAMillion = of(1_000_000, 4, 4, "tfrecord").driverBytes();
    assertThat(ofAMillion).isLessThan(1e9);
    assertThat(of(40_000_000, 4, 4, "tfrecord").driverBytes())
        .isEqualTo(of(1_000_000_000, 4, 4, "tfrecord").driverBytes() - 234 * taskShare());
  }

  private static double taskShare() {
    double two = of(1025, 1, 1, "tfrecord").driverBytes();
    double one = of(512, 1, 1, "tfrecord").driverBytes();
    return (two - one) / 2;
  }

  @ParameterizedTest
  @CsvSource({"8000, 4", "1000000, 4", "1000000000, 4", "1000000000, 48"})
  void theReadmesTableIsByTheseFormulas(long inputs, int views) {
    PlanEstimate estimate = of(inputs, views, 4, "tfrecord");
    double shuffled = estimate.shuffleBytes();
    String row =
        String.format(
            Locale.ROOT,
            "| %,d%s | %,d | %d | %s | %.1f GB |",
            inputs,
            views == 4 ? "" : ", " + views + " views",
            estimate.tasks(),
            estimate.openWriters(),
            shuffled < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", shuffled / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", shuffled / 1e9),
            estimate.driverBytes() / 1e9);
    assertThat(Path.of("../README.md")).content().contains(row);
  }
}
