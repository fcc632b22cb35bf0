package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNGs of each colour type and depth, of one row, pixel by pixel. */
class PngKindsTest {
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private final OpenCvCodec codec = new OpenCvCodec();

  @AfterEach
  void close() {
    codec.close();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /**
   * @param row the pixels, hexadecimal
   * @param palette PLTE, empty for none
   * @param transparency tRNS, empty for none
   */
  private static byte[] png(
      int width, int bits, int type, String row, String palette, String transparency) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(1);
    header.put((byte) bits).put((byte) type);
    PngBytes png = new PngBytes().chunk("IHDR", header.array());
    if (!palette.isEmpty()) {
      png.chunk("PLTE", bytes(palette));
    }
    if (!transparency.isEmpty()) {
      png.chunk("tRNS", bytes(transparency));
    }
    return png.chunk("IDAT", deflated(bytes("00" + row))).chunk("IEND").toBytes();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] buffer = new byte[bytes.length + 64];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  /** Each pixel as six hexadecimal digits, red first. */
  private List<String> pixels(byte[] png, Background background) throws BadImageException {
    ImageHeader header = ImageHeader.check(png, ImageHeader.DEFAULT_MAX_PIXELS);
    Image image = codec.decode(png, header, 1, background).kept();
    List<String> pixels = new ArrayList<>();
    for (int i = 0; i < image.sizeBytes(); i += 3) {
      pixels.add(HexFormat.of().formatHex(image.rgb(), i, i + 3));
    }
    return pixels;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what | width | bits | type | row | palette | tRNS | over black | over white
        "grey, 1 bit|2|1|0|40|''|''|000000 ffffff|000000 ffffff",
        "grey, 4 bits|2|4|0|3c|''|''|333333 cccccc|333333 cccccc",
        "grey|2|8|0|10f0|''|''|101010 f0f0f0|101010 f0f0f0",
        "grey, 16 bits: the upper 8|2|16|0|10fff001|''|''|101010 f0f0f0|101010 f0f0f0",
        "RGB|2|8|2|102030f0e0d0|''|''|102030 f0e0d0|102030 f0e0d0",
        "RGB, 16 bits|1|16|2|10ff20ff3001|''|''|102030|102030",
        "palette|2|8|3|0100|102030f0e0d0|''|f0e0d0 102030|f0e0d0 102030",
        "palette, 1 bit|2|1|3|40|102030f0e0d0|''|102030 f0e0d0|102030 f0e0d0",
        "palette with alpha|3|8|3|000102|6496c8ffffff102030|0080|000000 808080 102030"
            + "|ffffff ffffff 102030",
        "grey and alpha|3|8|4|64ff64806400|''|''|646464 323232 000000|646464 b1b1b1 ffffff",
        "grey and alpha, 16 bits|2|16|4|64ff80016400ffff|''|''|323232 646464|b1b1b1 646464",
        "RGB and alpha|2|8|6|ff000001c8643280|''|''|010000 643219|fffefe e3b198",
        "RGB and alpha, 16 bits|1|16|6|c8ff64ff32ff80ff|''|''|643219|e3b198",
        "transparent grey, 1 bit|2|1|0|40|''|0001|000000 000000|000000 ffffff",
        "transparent grey, 4 bits|2|4|0|3c|''|0003|000000 cccccc|ffffff cccccc",
        "transparent grey|2|8|0|10f0|''|00f0|101010 000000|101010 ffffff",
        "transparent grey, 16 bits|2|16|0|10011002|''|1002|101010 000000|101010 ffffff",
        "transparent RGB|2|8|2|102030102031|''|001000200031|102030 000000|102030 ffffff",
        "transparent RGB, 16 bits|2|16|2|100110021003100110021004|''|100110021004"
            + "|101010 000000|101010 ffffff",
      })
  void everyKindHasItsColours(
      String what,
      int width,
      int bits,
      int type,
      String row,
      String palette,
      String transparency,
      String overBlack,
      String overWhite)
      throws BadImageException {
    byte[] png = png(width, bits, type, row, palette, transparency);
    assertThat(pixels(png, Background.BLACK)).as(what).containsExactly(overBlack.split(" ", -1));
    assertThat(pixels(png, Background.WHITE)).as(what).containsExactly(overWhite.split(" ", -1));
  }

  /** Every level with every alpha: the nearest of the exact quotient, which is never a half. */
  @Test
  void laysEveryLevelWithEveryAlphaOverTheBackground() throws BadImageException {
    for (int alpha = 0; alpha < 256; alpha++) {
      ByteArrayOutputStream row = new ByteArrayOutputStream();
      for (int level = 0; level < 256; level++) {
        row.write(level);
        row.write(alpha);
      }
      byte[] png = png(256, 8, GREY_ALPHA, HexFormat.of().formatHex(row.toByteArray()), "", "");
      for (Background background : Background.values()) {
        List<String> pixels = pixels(png, background);
        for (int level = 0; level < 256; level++) {
          double exact = (level * alpha + background.level() * (255 - alpha)) / 255.0;
          String expected = HexFormat.of().toHexDigits((byte) Math.rint(exact)).repeat(3);
          assertThat(pixels.get(level)).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({GREY + ",8", RGB + ",8", GREY_ALPHA + ",8", RGB_ALPHA + ",16", PALETTE + ",8"})
  void refusesPicturesWhoseRowsEndEarlyAndShowsNoOtherPicture(int type, int bits) {
    int width = 64;
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(64);
    header.put((byte) bits).put((byte) type);
    byte[] half = new byte[(1 + width * 8) * 3];
    PngBytes png = new PngBytes().chunk("IHDR", header.array());
    png.chunk("PLTE", new byte[] {1, 2, 3});
    byte[] cut = png.chunk("IDAT", deflated(half)).chunk("IEND").toBytes();
    BadImageException bad =
        catchThrowableOfType(BadImageException.class, () -> pixels(cut, Background.BLACK));
    assertThat(bad).isNotNull();
    assertThat(bad.reason()).isEqualTo(Reason.CORRUPT);
  }
}
