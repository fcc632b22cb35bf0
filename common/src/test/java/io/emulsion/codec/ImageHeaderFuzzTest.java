package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Image;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageHeaderFuzzTest {
  private static final int MUTANTS = 30_000;
  private static final int DECODED_MUTANTS = 1_000;

  private static List<byte[]> seeds() {
    Random random = new Random(1);
    byte[] rgb = Image.allocate(24, 40);
    random.nextBytes(rgb);
    Image image = new Image(24, 40, rgb);
    try (OpenCvCodec codec = new OpenCvCodec()) {
      return List.of(
          new JpegBytes().exif(ByteOrder.BIG_ENDIAN, 6).baseline(9, 8).scan().end(),
          new JpegBytes().exif(ByteOrder.LITTLE_ENDIAN, 3).baseline(9, 8).scan().scan().end(),
          new PngBytes().header(9, 9).chunk("tEXt").chunk("IDAT").chunk("IEND").toBytes(),
          codec.encode(TestPixels.of(image), ImageFormat.JPEG, 50),
          codec.encode(TestPixels.of(image), ImageFormat.PNG, 50));
    }
  }

  private static byte[] mutant(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] = (byte) 0xFF;
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        default ->
            System.arraycopy(
                seed,
                random.nextInt(seed.length / 2),
                bytes,
                0,
                Math.min(seed.length / 2, bytes.length));
      }
    }
    return bytes;
  }

  /** Anything but a BadImageException fails the test by itself. */
  @Test
  void anyBytesGiveAHeaderOrAReason() {
    Random random = new Random(20_261_124);
    List<byte[]> seeds = seeds();
    Set<BadImageException.Reason> seen = EnumSet.noneOf(BadImageException.Reason.class);
    int good = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = mutant(seeds.get(i % seeds.size()), random);
      try {
        ImageHeader header = ImageHeader.check(bytes, 10_000);
        assertThat(header.height() * header.width()).isBetween(1, 10_000);
        assertThat(header.orientation()).isBetween(1, 8);
        good++;
      } catch (BadImageException e) {
        seen.add(e.reason());
      }
    }
    assertThat(good).isGreaterThan(MUTANTS / 100);
    assertThat(seen)
        .contains(
            BadImageException.Reason.CORRUPT,
            BadImageException.Reason.TRUNCATED,
            BadImageException.Reason.TOO_LARGE,
            BadImageException.Reason.UNSUPPORTED_FORMAT);
  }

  @Test
  void whatPassesTheCheckDecodesOrIsRefused() {
    Random random = new Random(20_261_125);
    List<byte[]> seeds = seeds();
    int decoded = 0;
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (int i = 0; i < DECODED_MUTANTS; i++) {
        byte[] bytes = mutant(seeds.get(i % seeds.size()), random);
        try {
          ImageHeader header = ImageHeader.check(bytes, 10_000);
          assertThat(codec.decode(bytes, header, 1).height()).isEqualTo(header.height());
          decoded++;
        } catch (BadImageException e) {
          assertThat(e).hasMessageNotContaining("\n");
        }
      }
    }
    assertThat(decoded).isGreaterThan(DECODED_MUTANTS / 100);
  }
}
