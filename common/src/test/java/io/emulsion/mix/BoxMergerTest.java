package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoxMergerTest {
  private static final Box WHOLE = box(1, 1);
  private static final Box HALF = box(2, 0.5);

  private static Box box(int label, double weight) {
    return new Box(1, 2, 3, 4, label, weight, false, false, Double.NaN, null);
  }

  @Test
  void eachBoxHasItsImagesShareTimesItsOwnWeight() {
    assertThat(new BoxMerger(0).mixed(List.of(WHOLE, HALF), List.of(HALF, WHOLE), 0.75, 9, 9))
        .containsExactly(
            new MixedBox(WHOLE, 0.75, 0),
            new MixedBox(HALF, 0.375, 0),
            new MixedBox(HALF, 0.125, 1),
            new MixedBox(WHOLE, 0.25, 1));
  }

  @Test
  void boxesBelowTheLeastWeightAreLeftOut() {
    assertThat(new BoxMerger(0.25).mixed(List.of(WHOLE, HALF), List.of(HALF, WHOLE), 0.75, 9, 9))
        .containsExactly(
            new MixedBox(WHOLE, 0.75, 0),
            new MixedBox(HALF, 0.375, 0),
            new MixedBox(WHOLE, 0.25, 1));
    assertThat(new BoxMerger(0.6).unmixed(List.of(WHOLE, HALF)))
        .containsExactly(new MixedBox(WHOLE, 1, 0));
  }

  @Test
  void aBoxOfNoWeightStaysWhereNoneIsTooLight() {
    assertThat(new BoxMerger(0).mixed(List.of(WHOLE), List.of(HALF), 1, 9, 9))
        .containsExactly(new MixedBox(WHOLE, 1, 0), new MixedBox(HALF, 0, 1));
  }
}
