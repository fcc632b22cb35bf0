package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocParserTest {
  private static final String OBJECT =
      "<object><name> cat </name><pose>Left</pose><difficult>1</difficult>"
          + "<bndbox><xmin>1</xmin><ymin>2.5</ymin><xmax>30</xmax><ymax>4e1</ymax></bndbox>"
          + "<part><name>head</name><bndbox><xmin>7</xmin></bndbox></part></object>";

  private static RawAnnotation parse(String xml) {
    return VocParser.parse(xml.getBytes(StandardCharsets.UTF_8), "a.xml");
  }

  private static void refuses(String xml, String problem) {
    assertThatThrownBy(() -> parse(xml))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("a.xml is no Pascal VOC XML: ")
        .hasMessageContaining(problem)
        .hasMessageMatching(".* \\(line \\d+\\)")
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.BAD_INPUTS);
  }

  @Test
  void readsSizeNamesFlagsAndCornersAsTheyAre() {
    RawAnnotation annotation =
        parse(
            "<?xml version='1.0'?><!-- x --><annotation><filename>other.jpg</filename>"
                + "<size><width>640</width><height>480</height><depth>3</depth></size>"
                + OBJECT
                + "</annotation>");
    assertThat(annotation.height()).isEqualTo(480);
    assertThat(annotation.width()).isEqualTo(640);
    assertThat(annotation.normalised()).isFalse();
    assertThat(annotation.boxes())
        .containsExactly(
            new RawBox(
                "object 1",
                "cat",
                new Box(1, 2.5, 30, 40, 0, 1, false, true, Double.NaN, null),
                false));
  }

  @Test
  void partsOfAnObjectAreNotTakenForIt() {
    RawAnnotation annotation =
        parse(
            "<annotation><object><part><name>head</name><bndbox><xmin>7</xmin></bndbox></part>"
                + "<name>person</name></object><object/></annotation>");
    assertThat(annotation.boxes()).extracting(RawBox::category).containsExactly("person", "");
    assertThat(annotation.boxes()).allMatch(box -> Double.isNaN(box.box().xMin()));
  }

  @Test
  void aSizeThatIsNotStatedIsNone() {
    assertThat(parse("<annotation/>")).isEqualTo(parse("<annotation><size/></annotation>"));
    RawAnnotation annotation =
        parse("<annotation><size><width>0</width><height>x</height></size></annotation>");
    assertThat(annotation.height()).isZero();
    assertThat(annotation.width()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
  void readsTheEncodingThatItNames(String charset) {
    String xml =
        "<?xml version='1.0' encoding='"
            + charset
            + "'?><annotation><object><name>é</name></object></annotation>";
    assertThat(VocParser.parse(xml.getBytes(Charset.forName(charset)), "a.xml").boxes())
        .extracting(RawBox::category)
        .containsExactly("é");
  }

  @Test
  void readsNoOtherFile(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "cat");
    refuses(
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM '"
            + secret.toUri()
            + "'>]><annotation><object><name>&x;</name></object></annotation>",
        "it has a document type (DOCTYPE), which is not read");
    refuses("<!DOCTYPE annotation SYSTEM '" + secret.toUri() + "'><annotation/>", "document type");
    refuses("<annotation><object><name>&x;</name></object></annotation>", "\"x\" was referenced");
  }

  @Test
  void anEntityBombDoesNotGoOff() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE annotation [<!ENTITY a0 'lol'>");
    for (int i = 1; i < 30; i++) {
      bomb.append("<!ENTITY a").append(i).append(" '");
      bomb.append(("&a" + (i - 1) + ";").repeat(10)).append("'>");
    }
    bomb.append("]><annotation><object><name>&a29;</name></object></annotation>");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> refuses(bomb.toString(), "document type"));
  }

  @Test
  void refusesWhatIsMadeToUseUpMemory() {
    refuses("<annotation>" + "<a>".repeat(100_000), "it is nested more than 100 deep");
    refuses(
        "<annotation><object><name>" + "x".repeat(100_000) + "</name></object></annotation>",
        "a text has more than 1000 characters");
    refuses(
        "<annotation>" + "<object/>".repeat(65_537) + "</annotation>",
        "it has more than 65536 objects");
    refuses(
        "<annotation><size><width>99999999999</width></size></annotation>",
        "size/width is no number of pixels: 99999999999");
  }

  @Test
  void refusesWhatIsNoVoc() {
    refuses("", "Premature end of file");
    refuses("{}", "Content is not allowed in prolog");
    refuses("<html/>", "its root is 'html', not 'annotation'");
    refuses("<annotation>\n<object>\n</annotation>", "(line 3)");
    refuses("<annotation>", "must start and end within the same entity");
    refuses("<annotation/><annotation/>", "must be well-formed");
    refuses("<?xml version='1.0' encoding='none'?><annotation/>", "unknown encoding 'none'");
    byte[] latin = "<annotation>\n\u00e9</annotation>".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> VocParser.parse(latin, "a.xml"))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("a.xml is no Pascal VOC XML: it is not UTF-8 (line 2)");
  }
}
