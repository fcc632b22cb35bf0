package io.emulsion.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.pairing.PartnerOptions.Choice;
import io.emulsion.pairing.PartnerOptions.Scope;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
  private static final PairingOptions PAIRING = new PairingOptions(5, 999, 4, 256);

  private final Set<Integer> bad = new HashSet<>();

  private static PartnerOptions uniform(double probability) {
    return new PartnerOptions(Scope.SAMPLE, 128, Choice.UNIFORM, probability, 0);
  }

  private static PartnerOptions otherClass() {
    return new PartnerOptions(Scope.SAMPLE, 128, Choice.OTHER_CLASS, 1, 0);
  }

  private static PartnerOptions batches(int batchSamples) {
    return new PartnerOptions(Scope.BATCH, batchSamples, Choice.UNIFORM, 1, 0);
  }

  /** Samples 0 to count - 1; root is the number. */
  private static List<ImageReference> block(int count, IntUnaryOperator labels) {
    List<ImageReference> block = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      block.add(new ImageReference(new ImageId("a/" + i), i, 0, 0, labels.applyAsInt(i)));
    }
    return block;
  }

  private static int number(ImageReference sample) {
    return sample.root();
  }

  private List<Pair> pairs(PartnerOptions partners, int view, List<ImageReference> block)
      throws IOException {
    Pairs pairs = Pairs.of(PAIRING, partners, view, block, s -> !bad.contains(number(s)));
    List<Pair> all = new ArrayList<>();
    for (Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
      all.add(pair);
    }
    return all;
  }

  private static List<Integer> firsts(List<Pair> pairs) {
    return pairs.stream().map(pair -> number(pair.first())).toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 1})
  void recordsStayInRingOrderWhateverShareIsMixed(double probability) throws IOException {
    bad.addAll(List.of(3, 77, 78, 200));
    List<ImageReference> block = block(256, i -> 0);
    List<Integer> ring =
        Ring.order(PAIRING.seed(), 9, block).stream()
            .map(PairsTest::number)
            .filter(i -> !bad.contains(i))
            .toList();
    assertThat(firsts(pairs(uniform(probability), 9, block))).isEqualTo(ring);
  }

  @Test
  void theUnmixedLeaveTheRingOfTheOthers() throws IOException {
    bad.addAll(List.of(3, 77));
    List<Pair> pairs = pairs(uniform(0.4), 2, block(256, i -> 0));
    List<ImageReference> mixed = new ArrayList<>();
    List<ImageReference> partners = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.drawnBy() == null) {
        assertThat(pair.partner()).isEqualTo(pair.first());
      } else {
        assertThat(pair.drawnBy()).isEqualTo(pair.first().id());
        mixed.add(pair.first());
        partners.add(pair.partner());
      }
    }
    assertThat(mixed).hasSizeBetween(75, 130); // 101.6 expected, sigma 7.8
    Collections.rotate(mixed, -1);
    assertThat(partners).isEqualTo(mixed);
  }

  @Test
  void probabilityIsTheShareThatIsMixed() throws IOException {
    int mixed = 0;
    for (int view = 0; view < 100; view++) {
      mixed +=
          (int)
              pairs(uniform(0.25), view, block(256, i -> 0)).stream()
                  .filter(pair -> pair.drawnBy() != null)
                  .count();
    }
    assertThat(mixed).isBetween(6120, 6680); // 6400 expected, sigma 69
  }

  @Test
  void onlyTheLastViewsAreUnmixed() throws IOException {
    PairingOptions five = new PairingOptions(5, 5, 4, 256);
    PartnerOptions two = new PartnerOptions(Scope.SAMPLE, 128, Choice.UNIFORM, 1, 2);
    for (int view = 0; view < 5; view++) {
      Pair pair = Pairs.of(five, two, view, block(20, i -> 0), s -> true).next();
      assertThat(pair).isNotNull();
      assertThat(pair.drawnBy() == null).isEqualTo(view >= 3);
    }
  }

  @Test
  void anyOtherImageIsEquallyLikelyToBeAPartner() throws IOException {
    long[] counts = new long[11];
    for (int view = 0; view < 999; view++) {
      for (Pair pair : pairs(uniform(1), view, block(12, i -> 0))) {
        if (number(pair.first()) == 4) {
          int partner = number(pair.partner());
          counts[partner < 4 ? partner : partner - 1]++;
        }
      }
    }
    double[] expected = new double[11];
    Arrays.fill(expected, 999.0 / 11);
    assertThat(new ChiSquareTest().chiSquareTest(expected, counts)).isGreaterThan(0.001);
  }

  @Test
  void aPartnerOfAnotherClassIsAlwaysTakenWhereThereIsOne() throws IOException {
    bad.addAll(List.of(0, 17));
    List<Pair> pairs = pairs(otherClass(), 0, block(100, i -> i % 5));
    assertThat(pairs).hasSize(98);
    assertThat(pairs).allMatch(pair -> pair.first().label() != pair.partner().label());
    assertThat(pairs).noneMatch(pair -> bad.contains(number(pair.partner())));
  }

  @Test
  void usesOfAPartnerStayEvenThoughClassesAreNot() throws IOException {
    List<Pair> pairs = pairs(otherClass(), 0, block(100, i -> i < 90 ? 0 : 1));
    Map<Integer, Integer> uses = new HashMap<>();
    pairs.forEach(pair -> uses.merge(number(pair.partner()), 1, Integer::sum));
    for (int i = 90; i < 100; i++) {
      assertThat(uses.get(i)).as("90 firsts share 10 partners").isEqualTo(9);
    }
    List<Integer> ofMany = uses.keySet().stream().filter(i -> i < 90).toList();
    assertThat(ofMany).as("10 firsts have 90 to choose from").hasSize(10);
  }

  @Test
  void ofOneClassAloneTheNextIsTaken() throws IOException {
    List<ImageReference> block = block(30, i -> 7);
    assertThat(pairs(otherClass(), 3, block)).isEqualTo(pairs(uniform(1), 3, block));
  }

  @Test
  void aSampleThatIsAloneIsUnmixed() throws IOException {
    bad.addAll(List.of(0, 1));
    for (PartnerOptions partners : List.of(uniform(1), otherClass(), batches(2))) {
      List<Pair> pairs = pairs(partners, 0, block(3, i -> i));
      assertThat(pairs).hasSize(1);
      assertThat(pairs.get(0).drawnBy()).isNull();
      assertThat(number(pairs.get(0).partner())).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 128, 2", "256, 64, 4", "250, 64, 4", "60, 128, 1", "200, 32, 6"})
  void aBatchHasOneLambdaAndOnePermutation(int count, int batchSamples, int batches)
      throws IOException {
    bad.addAll(List.of(2, 40));
    List<Pair> pairs = pairs(batches(batchSamples), 1, block(count, i -> 0));
    Map<ImageId, List<Pair>> byDraw = new HashMap<>();
    for (Pair pair : pairs) {
      byDraw.computeIfAbsent(pair.drawnBy(), key -> new ArrayList<>()).add(pair);
    }
    assertThat(byDraw).hasSize(batches);
    int mean = count / batches;
    byDraw.forEach(
        (drawnBy, batch) -> {
          assertThat(batch.size()).as("even batches").isBetween(mean - 2, mean + 1);
          assertThat(batch.get(0).first().id()).isEqualTo(drawnBy);
          assertThat(batch.stream().map(Pair::partner).toList())
              .containsExactlyInAnyOrderElementsOf(batch.stream().map(Pair::first).toList());
        });
  }

  @Test
  void aPermutationMayGiveASampleItself() throws IOException {
    int selves = 0;
    for (int view = 0; view < 300; view++) {
      selves +=
          (int)
              pairs(batches(16), view, block(16, i -> 0)).stream()
                  .filter(pair -> pair.first().equals(pair.partner()))
                  .peek(pair -> assertThat(pair.drawnBy()).isNotNull())
                  .count();
    }
    assertThat(selves).isBetween(230, 370); // one a batch expected: randperm has one fixed point
  }

  @Test
  void oneMoreBadImageMovesNoBorderOfABatch() throws IOException {
    List<ImageReference> block = block(256, i -> 0);
    Set<ImageId> before = new HashSet<>();
    pairs(batches(64), 0, block).forEach(pair -> before.add(pair.drawnBy()));
    Set<ImageId> firsts = Set.copyOf(before);
    int spoilt =
        block.stream()
            .map(PairsTest::number)
            .filter(i -> !firsts.contains(new ImageId("a/" + i)))
            .findFirst()
            .orElseThrow();
    bad.add(spoilt);
    Set<ImageId> after = new HashSet<>();
    pairs(batches(64), 0, block).forEach(pair -> after.add(pair.drawnBy()));
    assertThat(after).isEqualTo(firsts);
  }
}
