package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.RealImages;
import io.emulsion.codec.BadImageException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJpegTest {
  private static final String PHOTO = "n01871265_tusker.JPEG";

  private static byte[] odd(String name) throws IOException {
    return Files.readAllBytes(RealImages.folder("odd-images").resolve("files").resolve(name));
  }

  private static void assertOpenCvSaysNothing(byte[] bytes) throws BadImageException {
    try (OpenCvCodec codec = new OpenCvCodec()) {
      codec.decode(bytes, ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS), 1);
    }
  }

  private static BadImageException refusal(byte[] bytes) {
    return catchThrowableOfType(BadImageException.class, () -> StrictJpeg.check(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"derived-bitflips.jpg", "dc-predictor-overflow.jpg", "junk_jpeg_header.jpg"})
  void refusesWhatOpenCvDecodesWithoutAWord(String name) throws IOException, BadImageException {
    byte[] bytes = odd(name);
    assertOpenCvSaysNothing(bytes);
    BadImageException bad = refusal(bytes);
    assertThat(bad).hasMessageStartingWith("Read strictly: Corrupt JPEG data: ");
    assertThat(bad.reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void refusesAPhotoCutInTheMiddleThatHasAnEndMarker() throws IOException, BadImageException {
    byte[] whole = odd(PHOTO);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertOpenCvSaysNothing(cut);
    assertThat(refusal(cut))
        .hasMessage("Read strictly: Corrupt JPEG data: premature end of data segment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PHOTO,
        "cat.jpg",
        "pil_sample_cmyk.jpg",
        "jpg-cmyk-1.jpg",
        "hopper_gray.jpg",
        "rgb.jpg",
        "restarts.jpg",
        "sugarshack.mpo",
        "invalid-exif.jpg",
        "derived-trailing-garbage.jpg",
        "Portrait_7.jpg",
        "jpg-size-1x1.jpg"
      })
  void passesWhatIsWhole(String name) throws IOException {
    byte[] bytes = odd(name);
    assertThatCode(() -> StrictJpeg.check(bytes)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classification-imagenet16",
        "classification-caltech12",
        "classification-cifar10-mini",
        "detection-coco128",
        "detection-voc-bccd",
        "detection-voc-raccoon"
      })
  void passesPhotos(String set) throws IOException {
    List<Path> photos = RealImages.files(set, 12);
    for (Path photo : photos) {
      byte[] bytes = Files.readAllBytes(photo);
      assertThatCode(() -> StrictJpeg.check(bytes)).as("%s", photo).doesNotThrowAnyException();
    }
    assertThat(photos).isNotEmpty();
  }

  @Test
  void worksWithTheReaderThatComesWithJava() {
    assertThat(StrictJpeg.jdkReader().getClass().getName())
        .isEqualTo("com.sun.imageio.plugins.jpeg.JPEGImageReader");
  }
}
