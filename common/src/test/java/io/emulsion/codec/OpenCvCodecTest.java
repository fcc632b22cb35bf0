package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.RealImages;
import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.natives.NativePixels;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCvCodecTest {
  private final OpenCvCodec codec = new OpenCvCodec();

  @AfterEach
  void close() {
    codec.close();
  }

  private Image decode(byte[] bytes, int denominator) throws BadImageException {
    ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
    return codec.decode(bytes, header, denominator);
  }

  private static byte[] pixels(Image image) {
    return Arrays.copyOf(image.rgb(), image.sizeBytes());
  }

  /** Red at the top left, green to the right, blue below. */
  private static Image ramp(int height, int width) {
    byte[] rgb = Image.allocate(height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        rgb[at] = (byte) (200 - 200 * (x + y) / (width + height));
        rgb[at + 1] = (byte) (255 * x / width);
        rgb[at + 2] = (byte) (255 * y / height);
      }
    }
    return new Image(height, width, rgb);
  }

  private static Image noise(int height, int width) {
    byte[] rgb = Image.allocate(height, width);
    new Random(height).nextBytes(rgb);
    return new Image(height, width, rgb);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,5", "64,48", "224,224"})
  void pngKeepsEveryPixel(int height, int width) throws BadImageException {
    Image image = noise(height, width);
    byte[] png = codec.encode(TestPixels.of(image), ImageFormat.PNG, 95);
    Image decoded = decode(png, 1);
    assertThat(decoded.height()).isEqualTo(height);
    assertThat(decoded.width()).isEqualTo(width);
    assertThat(pixels(decoded)).isEqualTo(pixels(image));
    assertThat(decoded.rgb()).hasSize(decoded.sizeBytes() + Image.SPARE_BYTES);
  }

  @Test
  void jpegKeepsColoursInTheirChannels() throws BadImageException {
    Image image = ramp(64, 96);
    byte[] decoded = decode(codec.encode(TestPixels.of(image), ImageFormat.JPEG, 95), 1).rgb();
    for (int i = 0; i < image.sizeBytes(); i++) {
      assertThat((decoded[i] & 0xFF) - (image.rgb()[i] & 0xFF)).as("byte %s", i).isBetween(-16, 16);
    }
  }

  @Test
  void jpegIsBaselineWithHalvedChroma() {
    byte[] bytes = codec.encode(TestPixels.of(ramp(64, 96)), ImageFormat.JPEG, 95);
    int frame = 0;
    while (bytes[frame] != (byte) 0xFF || bytes[frame + 1] != (byte) 0xC0) {
      frame++;
    }
    assertThat(List.of(bytes[frame + 11], bytes[frame + 14], bytes[frame + 17]))
        .as("sampling factors of Y, Cb, Cr")
        .containsExactly((byte) 0x22, (byte) 0x11, (byte) 0x11);
  }

  @Test
  void qualityCostsBytes() {
    Image image = noise(64, 64);
    assertThat(codec.encode(TestPixels.of(image), ImageFormat.JPEG, 50).length)
        .isLessThan(codec.encode(TestPixels.of(image), ImageFormat.JPEG, 95).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void jpegDecodesSmallerWithSidesRoundedUp(int denominator) throws BadImageException {
    for (int[] sides : new int[][] {{1, 1}, {17, 9}, {64, 96}, {101, 67}, {375, 500}}) {
      byte[] bytes = codec.encode(TestPixels.of(ramp(sides[0], sides[1])), ImageFormat.JPEG, 95);
      Image image = decode(bytes, denominator);
      assertThat(image.height()).isEqualTo((sides[0] + denominator - 1) / denominator);
      assertThat(image.width()).isEqualTo((sides[1] + denominator - 1) / denominator);
    }
    byte[] small =
        decode(codec.encode(TestPixels.of(ramp(64, 96)), ImageFormat.JPEG, 95), denominator).rgb();
    assertThat(small[0] & 0xFF).as("red of the top left").isGreaterThan(150);
    assertThat(small[96 / denominator * 3 - 2] & 0xFF)
        .as("green of the top right")
        .isGreaterThan(200);
  }

  @Test
  void pngDecodesWholeOnly() {
    byte[] png = codec.encode(TestPixels.of(noise(8, 8)), ImageFormat.PNG, 95);
    assertThatThrownBy(() -> decode(png, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A PNG cannot be decoded at 1/2");
    byte[] jpeg = codec.encode(TestPixels.of(noise(8, 8)), ImageFormat.JPEG, 90);
    assertThatThrownBy(() -> decode(jpeg, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Denominator 3");
  }

  @Test
  void refusesAPictureOfAnotherSizeThanItsHeader() {
    byte[] png = codec.encode(TestPixels.of(noise(8, 8)), ImageFormat.PNG, 95);
    ImageHeader wrong = new ImageHeader(ImageFormat.PNG, 8, 9, 1);
    BadImageException bad =
        catchThrowableOfType(BadImageException.class, () -> codec.decode(png, wrong, 1));
    assertThat(bad).hasMessage("Decodes to 8 x 8 pixels, not 8 x 9");
    assertThat(bad.reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesWhatOnlyLooksLikeAPicture() {
    byte[] png = new PngBytes().header(9, 9).chunk("IDAT", (byte) 1).chunk("IEND").toBytes();
    BadImageException bad = catchThrowableOfType(BadImageException.class, () -> decode(png, 1));
    assertThat(bad).hasMessage("Cannot be decoded: damaged inside");
    assertThat(bad.reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesEveryCutOfEveryKindBetweenGoodPictures() throws IOException, BadImageException {
    Path odd = RealImages.folder("odd-images").resolve("files");
    List<byte[]> files =
        List.of(
            codec.encode(TestPixels.of(noise(60, 80)), ImageFormat.JPEG, 90),
            codec.encode(TestPixels.of(noise(60, 80)), ImageFormat.PNG, 95),
            Files.readAllBytes(odd.resolve("cat.jpg")),
            Files.readAllBytes(odd.resolve("n02951585_can_opener.JPEG")),
            Files.readAllBytes(odd.resolve("restarts.jpg")),
            Files.readAllBytes(odd.resolve("basi2c08.png")),
            Files.readAllBytes(odd.resolve("basi6a16.png")),
            Files.readAllBytes(odd.resolve("tbbn3p08.png")),
            Files.readAllBytes(odd.resolve("pil_sample_cmyk.jpg")),
            Files.readAllBytes(odd.resolve("derived-png-named.JPEG")));
    for (byte[] whole : files) {
      byte[] expected = pixels(decode(whole, 1));
      for (int percent = 0; percent < 100; percent++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        BadImageException bad = catchThrowableOfType(BadImageException.class, () -> decode(cut, 1));
        assertThat(bad).as("cut to %s of %s bytes", cut.length, whole.length).isNotNull();
        assertThat(bad.reason()).isIn(Reason.EMPTY, Reason.UNSUPPORTED_FORMAT, Reason.TRUNCATED);
      }
      for (int last = 1; last <= 12; last++) {
        byte[] cut = Arrays.copyOf(whole, whole.length - last);
        assertThat(catchThrowableOfType(BadImageException.class, () -> decode(cut, 1)).reason())
            .isEqualTo(Reason.TRUNCATED);
      }
      assertThat(pixels(decode(whole, 1))).isEqualTo(expected);
    }
  }

  /** The native decoder alone: the second fence behind the header check. */
  @Test
  void nativeCodeRefusesCutPicturesToo() {
    byte[] jpeg = codec.encode(TestPixels.of(noise(60, 80)), ImageFormat.JPEG, 90);
    ImageHeader header = new ImageHeader(ImageFormat.JPEG, 60, 80, 1);
    for (int length : new int[] {0, 1, 700, jpeg.length / 2, jpeg.length - 2}) {
      byte[] cut = Arrays.copyOf(jpeg, length);
      BadImageException bad =
          catchThrowableOfType(BadImageException.class, () -> codec.decode(cut, header, 1));
      assertThat(bad.reason()).as("%s bytes", length).isEqualTo(Reason.CORRUPT);
      assertThat(bad).hasMessageStartingWith("Cannot be decoded: ");
    }
  }

  @Test
  void keepsNoNativeMemory() throws IOException, BadImageException {
    Image image = noise(256, 256);
    codeAndDecode(image, 300);
    long pointers = Pointer.totalCount();
    long resident = residentBytes();
    codeAndDecode(image, 2_000);
    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(pointers);
    // One decoded image a round would be 390 MB, one encoded image 100 MB.
    assertThat(residentBytes() - resident).isLessThan(64 << 20);
  }

  private void codeAndDecode(Image image, int rounds) throws BadImageException {
    try (NativePixels pixels = TestPixels.of(image)) {
      for (int i = 0; i < rounds; i++) {
        byte[] bytes = codec.encode(pixels, ImageFormat.JPEG, 90);
        decode(bytes, 1 << (i % 2));
      }
    }
  }

  private static long residentBytes() throws IOException {
    System.gc(); // else the heap's growth is all there is to see
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
    return Long.parseLong(pages[1]) * 4096;
  }
}
