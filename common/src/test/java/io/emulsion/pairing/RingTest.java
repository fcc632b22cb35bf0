package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {
  /** The vectors are what {@code .ci/python/draws.py} prints for cat/0.jpg to cat/11.jpg. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 5 10 7 6 9 8 4 2 1 11 3 0",
    "0, 1, 1 8 11 5 4 10 7 2 3 6 9 0",
    "7, 0, 8 6 9 7 3 5 4 2 10 11 1 0"
  })
  void isTheOrderThatTheDesignSays(long seed, int view, String order) {
    List<String> ring =
        order(seed, view, IntStream.range(0, 12).boxed().toList()).stream()
            .map(String::valueOf)
            .toList();
    assertThat(String.join(" ", ring)).isEqualTo(order);
  }

  @Test
  void dependsOnTheIdsAlone() {
    List<Integer> block = new ArrayList<>(IntStream.range(0, 256).boxed().toList());
    List<Integer> order = order(3, 2, block);
    Collections.shuffle(block, new Random(1));
    assertThat(order(3, 2, block)).isEqualTo(order);
  }

  @Test
  void givesASampleAnotherPartnerInEachView() {
    List<Integer> block = IntStream.range(0, 256).boxed().toList();
    Set<Integer> partners = new HashSet<>();
    for (int view = 0; view < 50; view++) {
      List<Integer> order = order(0, view, block);
      partners.add(order.get((order.indexOf(17) + 1) % order.size()));
    }
    assertThat(partners).hasSizeGreaterThan(40).doesNotContain(17); // 45.6 expected
  }

  @Test
  void anyOtherSampleIsEquallyLikelyToFollow() {
    List<Integer> block = IntStream.range(0, 6).boxed().toList();
    int[] counts = new int[6];
    int views = 6000;
    for (int view = 0; view < views; view++) {
      List<Integer> order = order(9, view, block);
      counts[order.get((order.indexOf(2) + 1) % order.size())]++;
    }
    assertThat(counts[2]).isZero();
    for (int other : new int[] {0, 1, 3, 4, 5}) {
      assertThat(counts[other]).isBetween(1080, 1320); // 1200 expected, sigma 31
    }
  }

  private static List<Integer> order(long seed, int view, List<Integer> block) {
    List<ImageReference> cats = block.stream().map(RingTest::cat).toList();
    return Ring.order(seed, view, cats).stream().map(ImageReference::label).toList();
  }

  /** Has its number as label too. */
  private static ImageReference cat(int number) {
    return new ImageReference(new ImageId("cat/" + number + ".jpg"), 0, 0, 0, number);
  }
}
