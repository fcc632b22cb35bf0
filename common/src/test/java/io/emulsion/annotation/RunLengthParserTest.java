package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.RunLengths;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunLengthParserTest {
  /** What maskApi.c, rleToString, makes of counts. */
  private static String compressed(int[] counts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      long rest = i > 2 ? (long) counts[i] - counts[i - 2] : counts[i];
      boolean more;
      do {
        int part = (int) (rest & 31);
        rest >>= 5;
        more = (part & 16) != 0 ? rest != -1 : rest != 0;
        text.append((char) (48 + (more ? part | 32 : part)));
      } while (more);
    }
    return text.toString();
  }

  @Test
  void readsWhatPycocotoolsCompresses() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      int[] counts = random.ints(1 + random.nextInt(30), 0, 1 << random.nextInt(20)).toArray();
      long sum = Arrays.stream(counts).asLongStream().sum();
      if (sum > 0) {
        RunLengths mask = RunLengthParser.of(1, sum, compressed(counts)).orElseThrow();
        assertThat(mask.counts()).containsExactly(counts);
        assertThat(RunLengthParser.of(1, sum + 1, compressed(counts))).isEmpty();
      }
    }
  }

  @Test
  void aNegativeDifferenceIsOne() {
    assertThat(RunLengthParser.of(10, 10, compressed(new int[] {40, 30, 20, 5, 5})))
        .get()
        .extracting(mask -> mask.counts())
        .isEqualTo(new int[] {40, 30, 20, 5, 5});
  }
}
