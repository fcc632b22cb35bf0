package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YoloParserTest {
  private static RawAnnotation parse(String text) {
    return YoloParser.parse(text.getBytes(StandardCharsets.UTF_8), "a.txt");
  }

  private static RawBox box(int line, String category, double... corners) {
    return new RawBox(
        "line " + line,
        category,
        new Box(
            corners[0], corners[1], corners[2], corners[3], 0, 1, false, false, Double.NaN, null),
        false);
  }

  @Test
  void readsCentresAsCorners() {
    RawAnnotation annotation = parse("\uFEFF3 0.5 0.25 0.5 0.5\r\n\n 0.0\t.5 5e-1 1 +1.0 ");
    assertThat(annotation.normalised()).isTrue();
    assertThat(annotation.height()).isZero();
    assertThat(annotation.boxes())
        .containsExactly(box(1, "3", 0.25, 0, 0.75, 0.5), box(3, "0", 0, 0, 1, 1));
  }

  @Test
  void putsABoxAroundAPolygon() {
    assertThat(parse("7 0.5 0.125 0.25 0.5 0.75 0.25").boxes())
        .containsExactly(box(1, "7", 0.25, 0.125, 0.75, 0.5));
  }

  @Test
  void anEmptyFileHasNoBoxes() {
    assertThat(parse("").boxes()).isEmpty();
    assertThat(parse("\n \n").boxes()).isEmpty();
  }

  @Test
  void whatStandsForNoNumberIsNone() {
    assertThat(parse("0 nan 0 1 1").boxes().get(0).box().xMin()).isNaN();
    assertThat(parse("0 1 0 -Inf 1").boxes().get(0).box().xMin()).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 1 | but this has 4 numbers (line 2)",
        "0 0.5 0.5 1 1 0.9 | but this has 6 numbers (line 2)",
        "0 0.5 0.5 1 1 1 1 1 | but this has 8 numbers (line 2)",
        "cat 0.5 0.5 1 1 | 'cat' is no number (line 2)",
        "0 0.5 0.5 1 1d | '1d' is no number (line 2)",
        "0 0x1p3 0.5 1 1 | '0x1p3' is no number (line 2)",
        "0 0,5 0.5 1 1 | '0,5' is no number (line 2)",
        "-1 0.5 0.5 1 1 | the class is no whole number from 0 (line 2)",
        "1.5 0.5 0.5 1 1 | the class is no whole number from 0 (line 2)",
        "1e10 0.5 0.5 1 1 | the class is no whole number from 0 (line 2)",
        "nan 0.5 0.5 1 1 | the class is no whole number from 0 (line 2)"
      })
  void refusesTheLine(String line, String problem) {
    assertThatThrownBy(() -> parse("0 0.5 0.5 1 1\n" + line))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("a.txt is no YOLO label file: ")
        .hasMessageEndingWith(problem)
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.BAD_INPUTS);
  }

  @Test
  void refusesMoreBoxesThanAnImageHas() {
    assertThatThrownBy(() -> parse("0 0.5 0.5 1 1\n".repeat(65_537)))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("a.txt is no YOLO label file: it has more than 65536 boxes (line 65537)");
  }
}
