package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSetParserTest {
  private static Set<String> parse(String text) {
    return ImageSetParser.parse(text.getBytes(StandardCharsets.UTF_8), "val.txt");
  }

  @Test
  void readsANameALineWhateverEndsIt() {
    assertThat(parse("\uFEFF2007_000027\r\n\n  2007_000032 \rsub//./3\nphoto é 图"))
        .containsExactly("2007_000027", "2007_000032", "photo é 图", "sub/3");
  }

  @Test
  void takesANameOnce() {
    assertThat(parse("b\na\nb\nb\n")).containsExactly("a", "b");
  }

  @Test
  void aListOfAClassLeavesOutWhereItIsNot() {
    assertThat(parse("000012 -1\n000017  1\r\n000023\t0\n")).containsExactly("000017", "000023");
  }

  @Test
  void aNumberBehindANameIsNoFlagUnlessEachLineHasOne() {
    assertThat(parse("photo 1\nphoto -1\nother\n")).containsExactly("other", "photo -1", "photo 1");
    assertThat(parse("photo 2\nphoto 1\n")).containsExactly("photo 1", "photo 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/../../x", "/etc/passwd", "\\\\host\\x", "s3://bucket/x", "C:\\x", ".."})
  void namesLeadNowhereElse(String name) {
    for (String text : new String[] {"a\n" + name, "a 1\n" + name + " 1"}) {
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(EmulsionException.class)
          .hasMessage(
              "val.txt is no list of images: '%s' leads out of the folder of the images (line 2)",
              name)
          .extracting(e -> ((EmulsionException) e).exitCode())
          .isEqualTo(ExitCode.BAD_INPUTS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \r\n", "\uFEFF", "a -1\nb -1\n"})
  void refusesAListOfNothing(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("val.txt is no list of images: it names no image");
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(() -> ImageSetParser.parse(new byte[] {'a', (byte) 0xFF}, "val.txt"))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("val.txt is no list of images: it is not UTF-8");
  }
}
