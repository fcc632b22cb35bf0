package io.emulsion.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.sample.Background;
import io.emulsion.sample.Box;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.RunLengths;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boxes follow their object: a white rectangle on black, found again in the pixels. */
class CanvasBoxesTest {
  private static final int HEIGHT = 60;
  private static final int WIDTH = 90;

  private static Canvas canvas(Fit fit, int height, int width, boolean flip) {
    return new Canvas(
        new CanvasOptions(
            height,
            width,
            fit,
            Filter.BILINEAR,
            Background.BLACK,
            new AugmentOptions(false, flip)));
  }

  /** White in columns 10 to 39 and rows 20 to 49, black elsewhere. */
  private static Image image() {
    byte[] rgb = Image.allocate(HEIGHT, WIDTH);
    for (int y = 20; y < 50; y++) {
      Arrays.fill(rgb, (y * WIDTH + 10) * 3, (y * WIDTH + 40) * 3, (byte) 255);
    }
    return new Image(HEIGHT, WIDTH, rgb);
  }

  private static Box box() {
    int[] counts = new int[62];
    Arrays.fill(counts, 30);
    counts[0] = 10 * HEIGHT + 20;
    counts[60] = 10 + 50 * HEIGHT;
    return new Box(
        10,
        20,
        40,
        50,
        3,
        0.5,
        true,
        false,
        900,
        new RunLengths(HEIGHT, WIDTH, Arrays.copyOf(counts, 61)));
  }

  /** The box around all that is brighter than half. */
  private static double[] bright(Image image) {
    int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0};
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if ((image.rgb()[(y * image.width() + x) * 3] & 0xFF) > 127) {
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x + 1);
          box[3] = Math.max(box[3], y + 1);
        }
      }
    }
    return Arrays.stream(box).asDoubleStream().toArray();
  }

  private static double[] corners(Box box) {
    return new double[] {box.xMin(), box.yMin(), box.xMax(), box.yMax()};
  }

  /** The pixels of a mask. */
  private static Image painted(RunLengths mask) {
    byte[] rgb = Image.allocate(mask.height(), mask.width());
    int at = 0;
    for (int run = 0; run < mask.counts().length; run++) {
      for (int i = 0; i < mask.counts()[run]; i++, at++) {
        int pixel = at % mask.height() * mask.width() + at / mask.height();
        rgb[pixel * 3] = (byte) (run % 2 == 1 ? 255 : 0);
      }
    }
    assertThat(at).isEqualTo(mask.height() * mask.width());
    return new Image(mask.height(), mask.width(), rgb);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 8, 8",
    "STRETCH, 60, 90",
    "STRETCH, 120, 90",
    "STRETCH, 30, 270",
    "STRETCH, 40, 45",
    "LETTERBOX, 90, 90",
    "LETTERBOX, 60, 180",
    "LETTERBOX, 256, 64",
    "LETTERBOX, 31, 32"
  })
  void boxesAndMasksStayOnTheirObject(Fit fit, int height, int width) {
    Canvas canvas = canvas(fit, height, width, true);
    Image prepared = canvas.prepare(image(), HEIGHT, WIDTH);
    List<Box> boxes = canvas.prepare(List.of(box()), HEIGHT, WIDTH);
    int flipped = 0;
    for (int view = 0; view < 20; view++) {
      ImageId id = new ImageId("a");
      Image shown = canvas.augment(prepared, 7, view, id);
      Box moved = canvas.augment(boxes, prepared.width(), 7, view, id).get(0);
      assertThat(corners(moved)).containsExactly(bright(shown), within(0.51));
      RunLengths mask = moved.mask();
      assertThat(mask).isNotNull();
      assertThat(mask.height()).isEqualTo(shown.height());
      assertThat(mask.width()).isEqualTo(shown.width());
      assertThat(bright(painted(mask))).containsExactly(corners(moved), within(0.51));
      assertThat(moved.area())
          .isCloseTo((moved.xMax() - moved.xMin()) * (moved.yMax() - moved.yMin()), within(1e-9));
      assertThat(moved.label()).isEqualTo(3);
      assertThat(moved.weight()).isEqualTo(0.5);
      assertThat(moved.crowd()).isTrue();
      flipped += moved.xMin() == boxes.get(0).xMin() ? 0 : 1;
    }
    assertThat(flipped).isBetween(4, 16);
  }

  @Test
  void stretchScalesEachSideOnItsOwn() {
    Box moved = canvas(Fit.STRETCH, 30, 270, false).prepare(List.of(box()), HEIGHT, WIDTH).get(0);
    assertThat(corners(moved)).containsExactly(30, 10, 120, 25);
  }

  @Test
  void letterboxMovesByItsFrame() {
    Box moved = canvas(Fit.LETTERBOX, 90, 90, false).prepare(List.of(box()), HEIGHT, WIDTH).get(0);
    assertThat(corners(moved)).containsExactly(10, 35, 40, 65);
  }

  @Test
  void anUnknownAreaStaysUnknown() {
    Box unknown = box().at(1, 2, 3, 4, Double.NaN, null);
    Box moved = canvas(Fit.STRETCH, 30, 30, false).prepare(List.of(unknown), 60, 90).get(0);
    assertThat(moved.area()).isNaN();
    assertThat(moved.mask()).isNull();
  }

  @Test
  void nothingIsShrunkWhileItIsDecodedWhereSizesStay() {
    assertThat(canvas(Fit.NONE, 1, 1, false).denominator(4000, 3000)).isEqualTo(1);
  }

  @Test
  void refusesBoxesWhereACropWouldCutThem() {
    assertThatThrownBy(() -> canvas(Fit.CROP, 9, 9, false).prepare(List.of(box()), HEIGHT, WIDTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A crop would cut boxes");
    assertThat(canvas(Fit.CROP, 9, 9, false).prepare(List.of(), HEIGHT, WIDTH)).isEmpty();
  }
}
