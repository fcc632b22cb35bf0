package io.emulsion.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.canvas.Orientation;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.PixelArrays;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparerTest {
  private static final int HEIGHT = 24;
  private static final int WIDTH = 40;

  private final OpenCvCodec codec = new OpenCvCodec();

  @AfterEach
  void close() {
    codec.close();
  }

  private Preparer preparer(boolean applyExif, int height, int width) {
    return new Preparer(
        new DecodeOptions(applyExif, 10_000, false),
        new CanvasOptions(
            height, width, Fit.STRETCH, Filter.BILINEAR, Background.BLACK, AugmentOptions.NONE),
        0,
        codec,
        new PixelArrays(),
        new StageTimes());
  }

  private static byte[] pixels(Image image) {
    return Arrays.copyOf(image.rgb(), image.sizeBytes());
  }

  /** A JPEG whose EXIF says how its pixels are to be turned. */
  private byte[] jpeg(int orientation) {
    byte[] rgb = Image.allocate(HEIGHT, WIDTH);
    for (int i = 0; i < HEIGHT * WIDTH * 3; i++) {
      rgb[i] = (byte) (i / 13 + 40 * (i % 3));
    }
    byte[] plain = codec.encode(TestPixels.of(new Image(HEIGHT, WIDTH, rgb)), ImageFormat.JPEG, 95);
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0, // the segment
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // TIFF, big endian
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // one entry
      0,
      0,
      0,
      0 // no other directory
    };
    byte[] turned = new byte[plain.length + exif.length];
    System.arraycopy(plain, 0, turned, 0, 2);
    System.arraycopy(exif, 0, turned, 2, exif.length);
    System.arraycopy(plain, 2, turned, 2 + exif.length, plain.length - 2);
    return turned;
  }

  private Image stored(byte[] bytes) throws BadImageException {
    return codec.decode(bytes, ImageHeader.check(bytes, 10_000), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsAsExifSays(int orientation) throws BadImageException {
    byte[] bytes = jpeg(orientation);
    boolean swapped = orientation >= 5;
    Preparer preparer = preparer(true, swapped ? WIDTH : HEIGHT, swapped ? HEIGHT : WIDTH);
    Image prepared = preparer.decode(bytes, Annotation.NONE).image();
    assertThat(pixels(prepared)).isEqualTo(pixels(Orientation.upright(stored(bytes), orientation)));
  }

  @Test
  void leavesThePixelsAsStoredWhereExifIsIgnored() throws BadImageException {
    byte[] bytes = jpeg(6);
    assertThat(pixels(preparer(false, HEIGHT, WIDTH).decode(bytes, Annotation.NONE).image()))
        .isEqualTo(pixels(stored(bytes)));
  }

  @Test
  void decodesAnUprightPortraitAsSmallAsItsTurnedSidesAllow() throws BadImageException {
    // 40 x 24 upright: to 20 x 12 at a half, which no turned reading of 24 x 40 would allow.
    byte[] bytes = jpeg(6);
    Image half = codec.decode(bytes, ImageHeader.check(bytes, 10_000), 2);
    assertThat(pixels(preparer(true, 20, 12).decode(bytes, Annotation.NONE).image()))
        .isEqualTo(pixels(Orientation.upright(half, 6)));
  }

  @Test
  void refusesMorePixelsThanAllowed() {
    byte[] rgb = Image.allocate(100, 101);
    byte[] bytes = codec.encode(TestPixels.of(new Image(100, 101, rgb)), ImageFormat.PNG, 95);
    BadImageException thrown =
        catchThrowableOfType(
            BadImageException.class, () -> preparer(true, 8, 8).decode(bytes, Annotation.NONE));
    assertThat(thrown.reason()).isEqualTo(Reason.TOO_LARGE);
  }
}
