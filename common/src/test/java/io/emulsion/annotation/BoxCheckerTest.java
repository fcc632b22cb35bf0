package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.RunLengths;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BoxCheckerTest {
  private static final ImageId ID = new ImageId("a.jpg");

  private static RawBox box(String category, double... corners) {
    Box box =
        new Box(
            corners[0], corners[1], corners[2], corners[3], 0, 1, false, false, Double.NaN, null);
    return new RawBox("object 1", category, box, false);
  }

  private static Annotation check(
      BadBoxes badBoxes, Mismatches mismatches, boolean normalised, RawBox... boxes) {
    RawAnnotation raw = new RawAnnotation(List.of(boxes), normalised, 100, 200);
    return new BoxChecker(Map.of("cat", 3), badBoxes, mismatches).check(ID, raw);
  }

  private static List<Box> left(BadBoxes badBoxes, Mismatch mismatch, RawBox box) {
    Mismatches mismatches = new Mismatches(badBoxes);
    List<Box> left = check(badBoxes, mismatches, false, box).boxes();
    assertThat(mismatches.counts()).isEqualTo(Map.of(mismatch, 1L));
    assertThat(mismatches.names(mismatch)).hasSize(1).first().asString().startsWith("a.jpg, obj");
    assertThatThrownBy(() -> check(BadBoxes.FAIL, new Mismatches(BadBoxes.FAIL), false, box))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith(
            "The annotations do not fit (" + mismatch.plural() + "): a.jpg, obj")
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.BAD_INPUTS);
    return left;
  }

  @ParameterizedTest
  @EnumSource
  void aBoxThatFitsGetsItsClassAndNothingElse(BadBoxes badBoxes) {
    Mismatches mismatches = new Mismatches(badBoxes);
    Annotation checked = check(badBoxes, mismatches, false, box("cat", 0, 1, 200, 100));
    assertThat(checked)
        .isEqualTo(
            new Annotation(
                List.of(new Box(0, 1, 200, 100, 3, 1, false, false, Double.NaN, null)),
                false,
                100,
                200));
    assertThat(mismatches.counts()).isEmpty();
  }

  @Test
  void aBoxThatReachesOutIsClippedOrDropped() {
    RawBox box = box("cat", -5, 10, 50, 100.5);
    assertThat(left(BadBoxes.CLIP, Mismatch.OUTSIDE, box))
        .containsExactly(new Box(0, 10, 50, 100, 3, 1, false, false, Double.NaN, null));
    assertThat(left(BadBoxes.DROP, Mismatch.OUTSIDE, box)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CLIP", "DROP"})
  void whatCannotBeMendedIsLeftOut(BadBoxes badBoxes) {
    assertThat(left(badBoxes, Mismatch.OUTSIDE, box("cat", 201, 1, 250, 20))).isEmpty();
    assertThat(left(badBoxes, Mismatch.NO_AREA, box("cat", 5, 5, 5, 9))).isEmpty();
    assertThat(left(badBoxes, Mismatch.NO_AREA, box("cat", 5, 9, 8, 7))).isEmpty();
    assertThat(left(badBoxes, Mismatch.NOT_A_NUMBER, box("cat", 5, 9, Double.NaN, 7))).isEmpty();
    assertThat(
            left(badBoxes, Mismatch.NOT_A_NUMBER, box("cat", 5, 9, Double.POSITIVE_INFINITY, 70)))
        .isEmpty();
    assertThat(left(badBoxes, Mismatch.UNKNOWN_CATEGORY, box("dog", 1, 1, 2, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false, 200.009, 200", "true, 1.00009, 1"})
  void theRoundingOfAFileIsNoMistake(boolean normalised, double xMax, double expected) {
    Mismatches mismatches = new Mismatches(BadBoxes.FAIL);
    Annotation checked =
        check(BadBoxes.FAIL, mismatches, normalised, box("cat", -0.0, 0.1, xMax, 0.9));
    assertThat(checked.boxes().get(0).xMax()).isEqualTo(expected);
    assertThat(Double.doubleToRawLongBits(checked.boxes().get(0).xMin())).isZero();
  }

  @Test
  void fractionsAreBoundedByOne() {
    Mismatches mismatches = new Mismatches(BadBoxes.CLIP);
    assertThat(check(BadBoxes.CLIP, mismatches, true, box("cat", 0.5, 0.5, 1.2, 0.9)).boxes())
        .extracting(Box::xMax)
        .containsExactly(1.0);
    assertThat(mismatches.counts()).isEqualTo(Map.of(Mismatch.OUTSIDE, 1L));
  }

  @Test
  void withoutAStatedSizeOnlyTheTopLeftBounds() {
    RawAnnotation raw = new RawAnnotation(List.of(box("cat", -1, 0, 9999, 1)), false, 0, 0);
    Mismatches mismatches = new Mismatches(BadBoxes.CLIP);
    assertThat(new BoxChecker(Map.of("cat", 0), BadBoxes.CLIP, mismatches).check(ID, raw).boxes())
        .containsExactly(new Box(0, 0, 9999, 1, 0, 1, false, false, Double.NaN, null));
  }

  @Test
  void aMaskOfAnotherSizeIsLeftOutOrItsBoxIs() {
    Box crowd =
        new Box(1, 1, 9, 9, 0, 1, true, false, -3, new RunLengths(99, 200, new int[] {19_800}));
    RawBox box = new RawBox("object 1", "cat", crowd, false);
    assertThat(left(BadBoxes.CLIP, Mismatch.BAD_MASK, box))
        .containsExactly(new Box(1, 1, 9, 9, 3, 1, true, false, Double.NaN, null));
    assertThat(left(BadBoxes.DROP, Mismatch.BAD_MASK, box)).isEmpty();
    RawBox noMask = new RawBox("object 1", "cat", box("cat", 1, 1, 9, 9).box(), true);
    assertThat(left(BadBoxes.DROP, Mismatch.BAD_MASK, noMask)).isEmpty();
  }

  @Test
  void mismatchesAreTheSameWhoeverFoundThem() {
    Mismatches together = new Mismatches(BadBoxes.CLIP);
    Mismatches left = new Mismatches(BadBoxes.CLIP);
    Mismatches right = new Mismatches(BadBoxes.CLIP);
    for (int i = 0; i < 40; i++) {
      String name = "image %02d".formatted(i * 7 % 40);
      together.add(Mismatch.NO_AREA, name);
      (i % 3 == 0 ? left : right).add(Mismatch.NO_AREA, name);
    }
    right.add(left);
    assertThat(right.counts())
        .isEqualTo(together.counts())
        .isEqualTo(Map.of(Mismatch.NO_AREA, 40L));
    assertThat(right.names(Mismatch.NO_AREA))
        .isEqualTo(together.names(Mismatch.NO_AREA))
        .hasSize(10)
        .startsWith("image 00", "image 01");
    together.add(Mismatch.OUTSIDE, "x".repeat(5000));
    assertThat(together.names(Mismatch.OUTSIDE).first()).hasSize(303).endsWith("...");
  }
}
