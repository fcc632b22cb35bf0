package io.emulsion.canvas;

import static io.emulsion.canvas.TestImages.cut;
import static io.emulsion.canvas.TestImages.largestDifference;
import static io.emulsion.canvas.TestImages.noise;
import static io.emulsion.canvas.TestImages.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.RealImages;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.sample.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {
  /** Loads OpenCV as the codec does. */
  @BeforeAll
  static void load() {
    new OpenCvCodec().close();
  }

  private static byte[] openCvArea(Image image, int height, int width) {
    try (Mat source = new Mat(image.height(), image.width(), opencv_core.CV_8UC3);
        Mat target = new Mat();
        Size size = new Size(width, height)) {
      source.data().put(image.rgb(), 0, image.sizeBytes());
      opencv_imgproc.resize(source, target, size, 0, 0, opencv_imgproc.INTER_AREA);
      byte[] rgb = new byte[height * width * 3];
      target.data().get(rgb);
      return rgb;
    }
  }

  private static List<Image> photos() throws IOException, BadImageException {
    List<Image> photos = new java.util.ArrayList<>();
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (Path path : RealImages.files("classification-imagenet16", 10)) {
        byte[] bytes = Files.readAllBytes(path);
        ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
        photos.add(codec.decode(bytes, header, 1));
      }
    }
    return photos;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1, 1,1",
    "1,1, 224,224",
    "7,1000, 224,224",
    "1000,7, 224,224",
    "150,200, 150,90",
    "150,200, 90,200",
    "150,200, 1,1",
    "150,200, 149,199",
    "150,200, 37,41",
    "225,225, 224,224",
    "100,300, 224,224",
    "32,32, 224,224",
    "63,65, 141,279",
    "1,4000, 1,32",
    "900,1200, 32,33",
  })
  void bilinearIsWithinOneLevelOfPillow(int fromHeight, int fromWidth, int height, int width) {
    Image image = noise(fromHeight, fromWidth);
    Image resized = new Resize(Filter.BILINEAR).resize(image, height, width);
    byte[] expected = ReferenceResize.bilinear(image, height, width);
    assertThat(largestDifference(resized, expected)).isLessThanOrEqualTo(1);
  }

  @Test
  void bilinearOfPhotosIsWithinOneLevelOfPillow() throws IOException, BadImageException {
    Resize resize = new Resize(Filter.BILINEAR);
    for (Image photo : photos()) {
      byte[] expected = ReferenceResize.bilinear(photo, 224, 224);
      assertThat(largestDifference(resize.resize(photo, 224, 224), expected))
          .isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1, 1,1",
    "150,200, 150,90",
    "150,200, 90,200",
    "150,200, 1,1",
    "150,200, 149,199",
    "150,200, 75,100",
    "150,200, 37,41",
    "225,225, 224,224",
    "1,4000, 1,32",
    "3000,4000, 32,32",
  })
  void areaIsWithinOneLevelOfOpenCv(int fromHeight, int fromWidth, int height, int width) {
    Image image = noise(fromHeight, fromWidth);
    Image resized = new Resize(Filter.AREA).resize(image, height, width);
    assertThat(largestDifference(resized, openCvArea(image, height, width))).isLessThanOrEqualTo(1);
  }

  @Test
  void areaOfPhotosIsWithinOneLevelOfOpenCv() throws IOException, BadImageException {
    Resize resize = new Resize(Filter.AREA);
    int compared = 0;
    for (Image photo : photos()) {
      if (photo.height() >= 224 && photo.width() >= 224) {
        assertThat(largestDifference(resize.resize(photo, 224, 224), openCvArea(photo, 224, 224)))
            .isLessThanOrEqualTo(1);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(5);
  }

  @Test
  void areaEnlargesAnAxisAsBilinearDoes() {
    Image image = noise(40, 50);
    assertThat(pixels(new Resize(Filter.AREA).resize(image, 90, 110)))
        .isEqualTo(pixels(new Resize(Filter.BILINEAR).resize(image, 90, 110)));
    Image columns = new Resize(Filter.AREA).resize(image, 40, 20);
    assertThat(pixels(new Resize(Filter.AREA).resize(image, 90, 20)))
        .as("one axis shrunk, one enlarged")
        .satisfies(
            both ->
                assertThat(
                        largestDifference(
                            new Resize(Filter.BILINEAR).resize(columns, 90, 20), both))
                    .isLessThanOrEqualTo(1));
  }

  @ParameterizedTest
  @EnumSource
  void keepsAConstantImageConstant(Filter filter) {
    for (int[] sizes :
        new int[][] {{5, 7, 224, 224}, {375, 500, 224, 224}, {3000, 8, 3, 8}, {299, 301, 298, 7}}) {
      for (int value : new int[] {0, 1, 127, 128, 254, 255}) {
        byte[] rgb = Image.allocate(sizes[0], sizes[1]);
        Arrays.fill(rgb, 0, rgb.length - Image.SPARE_BYTES, (byte) value);
        Image image =
            new Resize(filter).resize(new Image(sizes[0], sizes[1], rgb), sizes[2], sizes[3]);
        byte[] expected = new byte[image.sizeBytes()];
        Arrays.fill(expected, (byte) value);
        assertThat(pixels(image)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesAnAxisThatKeepsItsSize(Filter filter) {
    Image image = noise(61, 83);
    Resize resize = new Resize(filter);
    assertThat(pixels(resize.resize(image, 61, 83))).isEqualTo(pixels(image));
    Window inner = new Window(3, 5, 50, 70);
    assertThat(pixels(resize.resize(image, 61, 83, inner))).isEqualTo(pixels(cut(image, inner)));
  }

  @ParameterizedTest
  @EnumSource
  void makesJustAWindow(Filter filter) {
    Image image = noise(93, 171);
    Resize resize = new Resize(filter);
    for (int[] size : new int[][] {{40, 60}, {120, 200}, {91, 33}}) {
      Image whole = resize.resize(image, size[0], size[1]);
      for (Window window :
          List.of(
              new Window(0, 0, 1, 1),
              new Window(7, 11, 9, 13),
              new Window(size[0] - 5, size[1] - 9, 5, 9),
              new Window(0, 3, size[0], size[1] - 3))) {
        assertThat(pixels(resize.resize(image, size[0], size[1], window)))
            .as("%s of %s", window, size)
            .isEqualTo(pixels(cut(whole, window)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotDisturbedByEarlierImagesNorByTheEndOfTheArray(Filter filter) {
    Image image = noise(53, 77);
    byte[] expected = pixels(new Resize(filter).resize(image, 31, 45));
    Resize used = new Resize(filter);
    used.resize(noise(300, 400), 299, 211);
    used.resize(noise(3, 4), 29, 21);
    assertThat(pixels(used.resize(image, 31, 45))).isEqualTo(expected);
    Image tight = new Image(53, 77, pixels(image));
    assertThat(pixels(used.resize(tight, 31, 45))).isEqualTo(expected);
  }
}
