package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final int SAMPLES = 1000;
  private static final int BLOCK_SAMPLES = 50;

  /** Pairs that meet in pass 0 meet again in pass 1 only by chance, one in twenty. */
  @Test
  void blocksDifferBetweenPasses() {
    Set<List<Integer>> met = meetings(0);
    int all = met.size();
    met.retainAll(meetings(1));
    assertThat(met.size() / (double) all).isBetween(0.03, 0.07);
  }

  /** Every two samples of one block of {@code pass}. */
  private static Set<List<Integer>> meetings(int pass) {
    List<Integer> inRankOrder =
        IntStream.range(0, SAMPLES)
            .boxed()
            .sorted(Comparator.comparing(i -> rank(pass, i), Long::compareUnsigned))
            .toList();
    Set<List<Integer>> meetings = new HashSet<>();
    for (List<Integer> block : Blocks.of(inRankOrder, BLOCK_SAMPLES)) {
      for (int a : block) {
        for (int b : block) {
          if (a < b) {
            meetings.add(List.of(a, b));
          }
        }
      }
    }
    return meetings;
  }

  private static long rank(int pass, int sample) {
    return ImageKey.of(0, Purpose.RANK, pass, new ImageId("i" + sample)).first();
  }
}
