package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationBytesTest {
  private static final Box PLAIN = new Box(1, 2.25, 3e9, 4, 300, 1, false, false, Double.NaN, null);
  private static final Box CROWD =
      new Box(
          0, 0, 5, 6, 0, 0.5, true, true, 12.5, new RunLengths(70, 900, new int[] {0, 62999, 1}));

  @Test
  void annotationsComeBack() {
    for (Annotation annotation :
        List.of(
            Annotation.NONE,
            new Annotation(List.of(PLAIN), true, 0, 0),
            new Annotation(List.of(), false, 1, Integer.MAX_VALUE))) {
      assertThat(AnnotationBytes.annotation(AnnotationBytes.of(annotation))).isEqualTo(annotation);
    }
    Annotation back =
        AnnotationBytes.annotation(
            AnnotationBytes.of(new Annotation(List.of(CROWD, PLAIN), false, 70, 900)));
    assertThat(back.boxes()).hasSize(2).last().isEqualTo(PLAIN);
    assertThat(back.boxes().get(0)).usingRecursiveComparison().isEqualTo(CROWD);
  }

  @Test
  void rawAnnotationsComeBack() {
    Box unlabelled = new Box(1, 2.25, 3e9, 4, 0, 0.25, false, true, 9, null);
    RawBox good = new RawBox("annotation 1", "é", unlabelled, false);
    RawBox bad = new RawBox("", "", new Box(Double.NaN, 1, 1, 1, 0, 1, true, false, 0, null), true);
    RawAnnotation raw = new RawAnnotation(List.of(good, bad), true, 3, 4);
    assertThat(AnnotationBytes.rawAnnotation(AnnotationBytes.of(raw))).isEqualTo(raw);
    assertThat(AnnotationBytes.rawBox(AnnotationBytes.of(bad))).isEqualTo(bad);
  }

  /** The fingerprint of a data set depends on them. */
  @Test
  void boxesWrittenOneByOneMakeTheSameAnnotation() {
    RawBox first = new RawBox("annotation 1", "17", PLAIN, false);
    RawBox second = new RawBox("annotation 2", "é", CROWD, true);
    List<byte[]> written = List.of(AnnotationBytes.of(first), AnnotationBytes.of(second));
    assertThat(AnnotationBytes.ofBoxes(written, 300, 40))
        .isEqualTo(AnnotationBytes.of(new RawAnnotation(List.of(first, second), false, 300, 40)));
  }

  @Test
  void hasTheseBytes() {
    Annotation annotation = new Annotation(List.of(PLAIN, CROWD), true, 70, 900);
    assertThat(HexFormat.of().formatHex(AnnotationBytes.of(annotation)))
        .isEqualTo(
            "01"
                + "46"
                + "8407"
                + "02"
                + "ac02"
                + "00"
                + "3ff0000000000000"
                + "4002000000000000"
                + "41e65a0bc0000000"
                + "4010000000000000"
                + "00"
                + "1f"
                + "0000000000000000"
                + "0000000000000000"
                + "4014000000000000"
                + "4018000000000000"
                + "3fe0000000000000"
                + "4029000000000000"
                + "46"
                + "8407"
                + "03"
                + "00"
                + "97ec03"
                + "01");
  }
}
