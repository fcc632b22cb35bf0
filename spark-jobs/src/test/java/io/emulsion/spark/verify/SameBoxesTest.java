package io.emulsion.spark.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameBoxesTest {
  private static final Box CAT = new Box(10, 20, 30, 40, 2, 0.5, false, true, 400, null);

  private static MixedSample sample(
      int position, String first, String partner, double lambda, MixedBox... boxes) {
    return new MixedSample(
        new Place(0, 0, position),
        new byte[0],
        100,
        100,
        0,
        0,
        lambda,
        new ImageId(first),
        new ImageId(partner),
        new float[0],
        List.of(boxes));
  }

  private static MixedBox box(Box box, double share, int source) {
    return new MixedBox(box, share * box.weight(), source);
  }

  /** What is found where image a is first of one record and, changed, partner of another. */
  private static @Nullable String found(UnaryOperator<Box> change) {
    SameBoxes boxes = new SameBoxes();
    boxes.add(sample(0, "a", "b", 0.25, box(CAT, 0.25, 0)));
    boxes.add(sample(1, "b", "a", 0.75, box(change.apply(CAT), 0.25, 1)));
    return boxes.damage();
  }

  private static Box with(int label, double weight, boolean crowd, boolean difficult) {
    return new Box(10, 20, 30, 40, label, weight, crowd, difficult, 400, null);
  }

  @Test
  void findsNothingWhereBoxesAreTheSame() {
    assertThat(found(box -> box)).isNull();
    assertThat(found(box -> box.at(10.004, 20, 30, 39.996, 400.001, null))).isNull();
  }

  @Test
  void findsEachDifference() {
    String message =
        "record v000-00000-00001 has other boxes of 'a' than record v000-00000-00000, or other"
            + " shares of their weights";
    assertThat(found(box -> box.at(10.1, 20, 30, 40, 400, null))).isEqualTo(message);
    assertThat(found(box -> box.at(10, 20.1, 30, 40, 400, null))).isEqualTo(message);
    assertThat(found(box -> box.at(10, 20, 30.1, 40, 400, null))).isEqualTo(message);
    assertThat(found(box -> box.at(10, 20, 30, 40.1, 400, null))).isEqualTo(message);
    assertThat(found(box -> box.at(10, 20, 30, 40, 401, null))).isEqualTo(message);
    assertThat(found(box -> with(1, 0.5, false, true))).isEqualTo(message);
    assertThat(found(box -> with(2, 0.501, false, true))).isEqualTo(message);
    assertThat(found(box -> with(2, 0.5, true, true))).isEqualTo(message);
    assertThat(found(box -> with(2, 0.5, false, false))).isEqualTo(message);
  }

  @Test
  void findsABoxThatIsMissing() {
    SameBoxes boxes = new SameBoxes();
    boxes.add(sample(0, "a", "b", 0.25, box(CAT, 0.25, 0)));
    boxes.add(sample(1, "b", "a", 0.75));
    assertThat(boxes.damage()).contains("has other boxes of 'a'");
  }

  @Test
  void cannotTellWeightsOfAShareOfZero() {
    SameBoxes boxes = new SameBoxes();
    boxes.add(sample(0, "a", "b", 0.25, box(CAT, 0.25, 0)));
    boxes.add(sample(1, "b", "a", 1, new MixedBox(with(2, 1, false, true), 0, 1)));
    assertThat(boxes.damage()).isNull();
  }

  @Test
  void anImageThatIsNotMixedHasNoPartner() {
    SameBoxes boxes = new SameBoxes();
    boxes.add(sample(0, "a", "a", 1, box(CAT, 1, 0)));
    assertThat(boxes.damage()).isNull();
  }
}
