package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emulsion.codec.BadImageException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngTextTest {
  private static final int LIMIT = 1 << 20;

  private static byte[] content(String start, int inflatedBytes) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(new byte[inflatedBytes]);
    deflater.finish();
    byte[] prefix = start.getBytes(StandardCharsets.ISO_8859_1);
    byte[] content = Arrays.copyOf(prefix, prefix.length + inflatedBytes / 500 + 100);
    int length = deflater.deflate(content, prefix.length, content.length - prefix.length);
    deflater.end();
    return Arrays.copyOf(content, prefix.length + length);
  }

  private static byte[] png(String type, byte[] content, int times) {
    PngBytes png = new PngBytes().header(9, 9);
    for (int i = 0; i < times; i++) {
      png.chunk(type, content);
    }
    return png.chunk("IDAT", (byte) 1).chunk("IEND").toBytes();
  }

  private static BadImageException refusal(byte[] png) {
    return catchThrowableOfType(
        BadImageException.class, () -> ImageHeader.check(png, ImageHeader.DEFAULT_MAX_PIXELS));
  }

  @ParameterizedTest
  @CsvSource({"zTXt, 'a\0\0'", "iCCP, 'a\0\0'", "iTXt, 'a\0\1\0en\0b\0'"})
  void refusesATextThatInflatesToMoreThanAMebibyte(String type, String start) {
    assertThat(refusal(png(type, content(start, LIMIT), 1))).isNull();
    BadImageException bad = refusal(png(type, content(start, 100 * LIMIT), 1));
    assertThat(bad)
        .hasMessage(
            "Its texts inflate to more than 1048576 bytes, by chunk " + type + " at byte 33");
    assertThat(bad.reason()).isEqualTo(Reason.TOO_COMPLEX);
  }

  @Test
  void refusesManyTextsThatInflateToMoreThan64MebibytesTogether() {
    byte[] content = content("a\0\0", LIMIT);
    assertThat(refusal(png("zTXt", content, 64))).isNull();
    assertThat(refusal(png("zTXt", content, 65)))
        .hasMessageStartingWith("Its texts inflate to more than 67108864 bytes, by chunk zTXt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a\0", "a\0\0", "a\0\0no zlib", "a\0\1", "a\0\1\0", "a\0\1\0b\0c"})
  void leavesTextsThatCannotBeReadAlone(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    for (String type : new String[] {"zTXt", "iCCP", "iTXt", "tEXt"}) {
      byte[] png = png(type, bytes, 1);
      assertThatCode(() -> ImageHeader.check(png, 100)).doesNotThrowAnyException();
    }
  }

  @Test
  void plainTextsCountForNothing() {
    assertThat(refusal(png("tEXt", content("a\0\0", 2 * LIMIT), 1))).isNull();
    assertThat(refusal(png("iTXt", content("a\0\0\0en\0b\0", 2 * LIMIT), 1))).isNull();
  }
}
