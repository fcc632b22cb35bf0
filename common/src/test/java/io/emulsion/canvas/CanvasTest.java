package io.emulsion.canvas;

import static io.emulsion.canvas.TestImages.cut;
import static io.emulsion.canvas.TestImages.noise;
import static io.emulsion.canvas.TestImages.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {
  private static Canvas canvas(int height, int width, Fit fit) {
    return new Canvas(
        new CanvasOptions(
            height, width, fit, Filter.BILINEAR, Background.BLACK, AugmentOptions.NONE));
  }

  /** Square ones: what torchvision's Resize and CenterCrop compute. */
  @ParameterizedTest
  @CsvSource({
    // image, canvas, resized, top, left
    "375,500, 256,256, 256,341, 0,42",
    "500,375, 256,256, 341,256, 42,0",
    "333,500, 256,256, 256,384, 0,64",
    "256,343, 256,256, 256,343, 0,44",
    "100,100, 256,256, 256,256, 0,0",
    "99,100, 256,256, 256,258, 0,1",
    "1,3, 32,32, 32,96, 0,32",
    "480,640, 224,224, 224,298, 0,37",
    "300,400, 100,200, 150,200, 25,0",
    "300,400, 200,100, 200,266, 0,83",
    "301,403, 10,40, 29,40, 10,0",
    "403,301, 40,10, 40,29, 0,10",
  })
  void cropsTheCentreAsTorchvisionDoes(
      int fromHeight,
      int fromWidth,
      int height,
      int width,
      int resizedHeight,
      int resizedWidth,
      int top,
      int left) {
    Image image = noise(fromHeight, fromWidth);
    Image whole = new Resize(Filter.BILINEAR).resize(image, resizedHeight, resizedWidth);
    Image cropped = canvas(height, width, Fit.CROP).prepare(image, fromHeight, fromWidth);
    assertThat(cropped.height()).isEqualTo(height);
    assertThat(cropped.width()).isEqualTo(width);
    assertThat(pixels(cropped)).isEqualTo(pixels(cut(whole, new Window(top, left, height, width))));
  }

  @Test
  void stretchesEachSideOnItsOwn() {
    Image image = noise(91, 143);
    assertThat(pixels(canvas(33, 21, Fit.STRETCH).prepare(image, 91, 143)))
        .isEqualTo(pixels(new Resize(Filter.BILINEAR).resize(image, 33, 21)));
  }

  /** Of 1001 x 500 halved to 501 x 250 the crop is that of 1001 x 500: 200 rows. */
  @Test
  void takesTheAspectRatioFromTheOriginal() {
    Image halved = noise(501, 250);
    Image whole = new Resize(Filter.BILINEAR).resize(halved, 200, 100);
    assertThat(pixels(canvas(100, 100, Fit.CROP).prepare(halved, 1001, 500)))
        .isEqualTo(pixels(cut(whole, new Window(50, 0, 100, 100))));
  }

  @ParameterizedTest
  @CsvSource({
    "CROP, 375,500, 1",
    "CROP, 447,447, 1",
    "CROP, 448,448, 2",
    "CROP, 448,2000, 2",
    "CROP, 2000,448, 2",
    "CROP, 895,2000, 2",
    "CROP, 896,2000, 4",
    "CROP, 1792,1792, 8",
    "CROP, 60000,60000, 8",
    "STRETCH, 447,2000, 1",
    "STRETCH, 448,2000, 2",
    "STRETCH, 2000,448, 2",
    "STRETCH, 1,1, 1",
  })
  void shrinksWhileDecodingOnlyAsFarAsNothingIsEnlarged(
      Fit fit, int height, int width, int denominator) {
    assertThat(canvas(224, 224, fit).denominator(height, width)).isEqualTo(denominator);
  }

  @Test
  void cropsPanoramasWithoutMakingTheWhole() {
    Image image = noise(1, 65_500);
    Image cropped = canvas(256, 256, Fit.CROP).prepare(image, 1, 65_500);
    assertThat(cropped.width()).isEqualTo(256);
    assertThat(canvas(8192, 8192, Fit.CROP).denominator(1, 65_500)).isEqualTo(1);
  }

  private static Canvas canvas(int height, int width, boolean crop, boolean flip) {
    return new Canvas(
        new CanvasOptions(
            height,
            width,
            Fit.STRETCH,
            Filter.BILINEAR,
            Background.BLACK,
            new AugmentOptions(crop, flip)));
  }

  private static ImageId id(int number) {
    return new ImageId("dog/" + number + ".png");
  }

  /**
   * As Pillow 13 gives them, {@code ImageOps.pad(image, size)}, but for slivers: it leaves none.
   */
  @ParameterizedTest
  @CsvSource({
    // image, canvas, resized, top, left
    "375,500, 224,224, 168,224, 28,0",
    "500,375, 224,224, 224,168, 0,28",
    "333,500, 224,224, 149,224, 38,0",
    "500,333, 225,225, 225,150, 0,38",
    "100,100, 224,224, 224,224, 0,0",
    "300,400, 100,200, 100,133, 0,34",
    "300,400, 200,100, 75,100, 62,0",
    "3,4, 10,10, 8,10, 1,0",
    "5,10, 9,9, 4,9, 2,0",
    "1,1000, 64,64, 1,64, 32,0",
    "1000,1, 64,63, 64,1, 0,31",
  })
  void letterboxesAsPillowPads(
      int fromHeight,
      int fromWidth,
      int height,
      int width,
      int resizedHeight,
      int resizedWidth,
      int top,
      int left) {
    Image image = noise(fromHeight, fromWidth);
    Image whole = new Resize(Filter.AREA).resize(image, resizedHeight, resizedWidth);
    for (Background background : Background.values()) {
      CanvasOptions options =
          new CanvasOptions(
              height, width, Fit.LETTERBOX, Filter.AREA, background, AugmentOptions.NONE);
      Image framed = new Canvas(options).prepare(image, fromHeight, fromWidth);
      Window inner = new Window(top, left, resizedHeight, resizedWidth);
      assertThat(pixels(cut(framed, inner))).isEqualTo(pixels(whole));
      for (int i = 0; i < framed.sizeBytes(); i++) {
        int y = i / 3 / width - top;
        int x = i / 3 % width - left;
        if (y < 0 || y >= resizedHeight || x < 0 || x >= resizedWidth) {
          assertThat(framed.rgb()[i] & 0xFF).isEqualTo(background.level());
        }
      }
    }
  }

  @Test
  void aDrawnBoxIsCutOutBeforeItIsResized() {
    for (Filter filter : Filter.values()) {
      Canvas canvas =
          new Canvas(
              new CanvasOptions(
                  20, 30, Fit.CROP, filter, Background.BLACK, new AugmentOptions(true, false)));
      for (int i = 0; i < 50; i++) {
        Image image = noise(70 + i, 90);
        Window box =
            CropBox.draw(ImageKey.of(5, Purpose.CROP, 3, id(i)).random(), image.height(), 90);
        Image prepared = canvas.prepare(image, image.height(), 90);
        assertThat(pixels(canvas.augment(prepared, 5, 3, id(i))))
            .isEqualTo(pixels(new Resize(filter).resize(cut(image, box), 20, 30)));
      }
    }
  }

  @Test
  void halfOfAllImagesAreFlippedWhetherTheyAreCroppedOrNot() {
    Image image = noise(9, 14);
    Canvas plain = canvas(9, 14, false, false);
    Canvas flip = canvas(9, 14, false, true);
    Canvas crop = canvas(9, 14, true, false);
    Canvas both = canvas(9, 14, true, true);
    assertThat(plain.augment(image, 1, 0, id(0))).isSameAs(image);
    byte[] mirrored = pixels(Orientation.upright(image, 2));
    int flipped = 0;
    for (int i = 0; i < 4_000; i++) {
      Image shown = flip.augment(flip.prepare(image, 9, 14), 1, i % 4, id(i));
      boolean isFlipped = Arrays.equals(pixels(shown), mirrored);
      flipped += isFlipped ? 1 : 0;
      assertThat(pixels(shown)).isEqualTo(isFlipped ? mirrored : pixels(image));
      Image cropped = crop.augment(image, 1, i % 4, id(i));
      assertThat(pixels(both.augment(image, 1, i % 4, id(i))))
          .isEqualTo(pixels(isFlipped ? Orientation.upright(cropped, 2) : cropped));
    }
    assertThat(flipped).isBetween(1_900, 2_100); // 3 standard deviations are 95
  }

  @Test
  void decodesWholeWhereABoxIsDrawn() {
    assertThat(canvas(32, 32, true, false).denominator(4_000, 4_000)).isEqualTo(1);
    assertThat(canvas(32, 32, false, true).denominator(4_000, 4_000)).isEqualTo(8);
    assertThat(canvas(224, 224, Fit.LETTERBOX).denominator(448, 2_000)).isEqualTo(8);
    assertThat(canvas(224, 224, Fit.LETTERBOX).denominator(447, 447)).isEqualTo(1);
  }
}
