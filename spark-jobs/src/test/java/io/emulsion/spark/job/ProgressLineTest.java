package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void promisesNoTimeBeforeATaskHasEnded() {
    assertThat(new ProgressLine(0, 4000, 0, 4, 75).text())
        .isEqualTo("mix: 0 of 4,000 samples, no task ended in 1:15");
  }

  @Test
  void tellsRateBadInputsAndTimeToGo() {
    assertThat(new ProgressLine(1000, 4000, 3, 4, 10).text())
        .isEqualTo("mix: 1,000 of 4,000 samples, 100 a second, 3 bad inputs, 0:30 to go");
    assertThat(new ProgressLine(1000, 10_000_000, 0, 1, 2).text())
        .endsWith(" 500 a second, 0 bad inputs, 5:33:18 to go");
  }

  @Test
  void badInputsAreNotWaitedFor() {
    assertThat(new ProgressLine(3988, 4000, 3, 4, 10).text()).endsWith(", publishing");
    assertThat(new ProgressLine(3987, 4000, 3, 4, 10).text()).endsWith(", 0:00 to go");
  }

  @Test
  void aLogGetsLinesNowAndThen() {
    LogPace pace = new LogPace();
    int[] hour = IntStream.rangeClosed(1, 3600).filter(pace::isDue).toArray();
    assertThat(hour).hasSize(56).startsWith(30, 60, 90);
    assertThat(IntStream.rangeClosed(3601, 86_400).filter(pace::isDue)).hasSize(65);
  }
}
