package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
  @ParameterizedTest
  @CsvSource({
    "0, 256, 1",
    "1, 256, 1",
    "383, 256, 1",
    "384, 256, 2", // 1.5 blocks: two of 192
    "512, 256, 2",
    "639, 256, 2",
    "640, 256, 3",
    "4, 3, 1",
    "5, 3, 2",
    "5, 2, 3",
    "100, 65536, 1"
  })
  void bringTheMeanSizeNearestToTheWantedOne(int count, int blockSamples, int blocks) {
    assertThat(Blocks.of(samples(count), blockSamples)).hasSize(blocks);
  }

  @Test
  void areConsecutiveAndDifferByOneAtTheMost() {
    for (int blockSamples : new int[] {2, 3, 16, 255, 256, 257}) {
      for (int count = 0; count < 1200; count += 7) {
        List<List<Integer>> blocks = Blocks.of(samples(count), blockSamples);
        assertThat(blocks.stream().flatMap(List::stream)).containsExactlyElementsOf(samples(count));
        int least = blocks.stream().mapToInt(List::size).min().orElseThrow();
        int most = blocks.stream().mapToInt(List::size).max().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
        if (blocks.size() > 1) {
          assertThat(least).isGreaterThanOrEqualTo(blockSamples * 2 / 3);
        }
        assertThat(most).isLessThanOrEqualTo((blockSamples * 3 + 1) / 2);
      }
    }
  }

  @Test
  void cutAtIndexTimesCountByBlocks() {
    assertThat(Blocks.of(samples(10), 3))
        .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8, 9));
  }

  private static List<Integer> samples(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
