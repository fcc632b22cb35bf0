package io.emulsion.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.RealImages;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.sample.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  /** Pixels abc/def, as EXIF's table of orientations turns them. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def",
    "2, cba/fed",
    "3, fed/cba",
    "4, def/abc",
    "5, ad/be/cf",
    "6, da/eb/fc",
    "7, fc/eb/da",
    "8, cf/be/ad",
  })
  void turnsPixelsUpright(int orientation, String expected) {
    Image image = ofText("abc/def");
    assertThat(toText(Orientation.upright(image, orientation))).isEqualTo(expected);
  }

  private static Image ofText(String text) {
    String pixels = text.replace("/", "");
    int width = text.indexOf('/');
    byte[] rgb = Image.allocate(pixels.length() / width, width);
    for (int i = 0; i < pixels.length() * 3; i++) {
      rgb[i] = (byte) (pixels.charAt(i / 3) + 50 * (i % 3));
    }
    return new Image(pixels.length() / width, width, rgb);
  }

  private static String toText(Image image) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < image.height() * image.width(); i++) {
      if (i > 0 && i % image.width() == 0) {
        text.append('/');
      }
      byte red = image.rgb()[3 * i];
      assertThat(image.rgb()[3 * i + 1]).isEqualTo((byte) (red + 50));
      assertThat(image.rgb()[3 * i + 2]).isEqualTo((byte) (red + 100));
      text.append((char) red);
    }
    return text.toString();
  }

  @Test
  void refusesWhatIsNoOrientation() {
    assertThatThrownBy(() -> Orientation.upright(ofText("ab/cd"), 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No EXIF orientation: 9");
  }

  @Test
  void makesOnePictureOfAPhotoStoredInNineWays() throws IOException, BadImageException {
    Path folder = RealImages.folder("odd-images").resolve("files");
    try (OpenCvCodec codec = new OpenCvCodec()) {
      Image expected = upright(codec, Files.readAllBytes(folder.resolve("Portrait_1.jpg")));
      for (int i = 0; i <= 8; i++) {
        Image image = upright(codec, Files.readAllBytes(folder.resolve("Portrait_" + i + ".jpg")));
        assertThat(image.height()).isEqualTo(1800);
        assertThat(image.width()).isEqualTo(1200);
        assertThat(meanDifference(image, expected)).as("Portrait_%s", i).isLessThan(4);
      }
    }
  }

  private static Image upright(OpenCvCodec codec, byte[] bytes) throws BadImageException {
    ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
    Image image = Orientation.upright(codec.decode(bytes, header, 1), header.orientation());
    assertThat(image.height()).isEqualTo(header.uprightHeight());
    assertThat(image.width()).isEqualTo(header.uprightWidth());
    return image;
  }

  private static double meanDifference(Image image, Image expected) {
    long sum = 0;
    for (int i = 0; i < image.sizeBytes(); i++) {
      sum += Math.abs((image.rgb()[i] & 0xFF) - (expected.rgb()[i] & 0xFF));
    }
    return (double) sum / image.sizeBytes();
  }
}
