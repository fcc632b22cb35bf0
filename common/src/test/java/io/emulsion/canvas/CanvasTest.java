package io.emulsion.canvas;

import static io.emulsion.canvas.TestImages.cut;
import static io.emulsion.canvas.TestImages.noise;
import static io.emulsion.canvas.TestImages.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
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
}
