package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What the commands say of annotations; nothing is touched where they complain. */
class DetectionInputsTest extends JobTest {
  private static final String BOX =
      "<object><name>cat</name><bndbox><xmin>%d</xmin><ymin>1</ymin><xmax>%d</xmax><ymax>5</ymax>"
          + "</bndbox></object>";

  private Path in() {
    return folder.resolve("in");
  }

  private Ran run(String command, String format, String... more) {
    String[] settings = new String[more.length + 3];
    settings[0] = "--set=task=detection";
    settings[1] = "--set=input.format=" + format;
    settings[2] = "--set=image.resize=stretch"; // to the 8 pixels of all tests here
    System.arraycopy(more, 0, settings, 3, more.length);
    return command(command, in().toString(), mixed.toString(), settings);
  }

  private void refuses(String format, String annotations, int exitCode, String... parts)
      throws IOException {
    String[] settings =
        annotations.isEmpty()
            ? new String[0]
            : new String[] {"--set=input.annotations=" + in().resolve(annotations)};
    SortedMap<String, String> before = Folders.tree(folder);
    run("plan", format, settings).refused(exitCode, parts);
    run("mix", format, settings).refused(exitCode, parts);
    assertThat(Folders.tree(folder)).isEqualTo(before);
  }

  private void xml(String name, String content) throws IOException {
    TestImages.file(in().resolve(name + ".jpg"), TestImages.jpeg(name.length()));
    TestImages.file(
        in().resolve(name + ".xml"),
        content.startsWith("<!")
            ? content
            : "<annotation><size><width>16</width><height>12</height></size>"
                + content
                + "</annotation>");
  }

  @Test
  void hostileAnnotationsAreOneLine() throws IOException {
    xml("good", BOX.formatted(1, 5));
    StringBuilder bomb = new StringBuilder("<!DOCTYPE annotation [<!ENTITY a0 'lol'>");
    for (int i = 1; i < 12; i++) {
      bomb.append("<!ENTITY a").append(i).append(" '").append(("&a" + (i - 1) + ";").repeat(9));
      bomb.append("'>");
    }
    xml("bomb", bomb + "]><annotation><object><name>&a11;</name></object></annotation>");
    refuses("voc", "", 3, in() + "/bomb.xml is no Pascal VOC XML: it has a document type");
    TestImages.file(in().resolve("deep.json"), "{\"images\": " + "[".repeat(100_000));
    refuses("coco", "deep.json", 3, "deep.json is no COCO JSON: ", "(line 1, byte ");
    TestImages.file(
        in().resolve("away.json"),
        "{\"images\": [{\"id\": 1, \"file_name\": \"../../../etc/passwd\"}]}");
    refuses("coco", "away.json", 3, "file_name '../../../etc/passwd' does not lie below the");
  }

  @Test
  void bothCommandsTellWhatDoesNotFit() throws IOException {
    xml("a", BOX.formatted(1, 5) + BOX.formatted(7, 7) + BOX.formatted(10, 17));
    xml("b", "");
    String[] lines = {
      "Mended or left out, boxes that reach out of their image: 1",
      "  a.jpg, object 3: from (10.0, 1.0) to (17.0, 5.0)",
      "Mended or left out, boxes without an area: 1",
      "  a.jpg, object 2: from (7.0, 1.0) to (7.0, 5.0)"
    };
    assertThat(run("plan", "voc").ended().out())
        .startsWith("2 inputs, ")
        .contains(" in 1 classes")
        .contains("2 boxes; 1 inputs have none")
        .contains(lines);
    assertThat(mixed).doesNotExist();
    assertThat(run("mix", "voc").ended().out())
        .contains("Wrote 4 samples (2 views of 2)")
        .contains(lines);
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve("_emulsion/report.json")));
    assertThat(report.ignored())
        .containsEntry("boxes without an area", 1L)
        .containsEntry("boxes that reach out of their image", 1L);
    verify().ended();
    run("plan", "voc", "--set=input.on-bad-box=fail")
        .refused(3, "The annotations do not fit (boxes ", "a.jpg, object ", "input.on-bad-box");
    assertThat(run("plan", "voc", "--set=input.on-bad-box=drop").ended().out())
        .contains("1 boxes; 1 inputs have none");
  }

  @Test
  void otherBoxesMakeAnotherDataSet() throws IOException {
    xml("a", BOX.formatted(1, 5));
    run("mix", "voc").ended();
    assertThat(run("mix", "voc").ended().out()).contains("is already complete");
    xml("a", BOX.formatted(1, 6));
    run("mix", "voc").refused(4, "holds a data set that was made with other options or inputs");
  }

  @Test
  void noOutputLiesAmongTheAnnotations() throws IOException {
    TestImages.file(in().resolve("1.jpg"), TestImages.jpeg(1));
    TestImages.file(folder.resolve("boxes/1.txt"), "0 0.5 0.5 1 1");
    command(
            "mix",
            in().toString(),
            folder + "/boxes/mixed",
            "--set=task=detection",
            "--set=image.resize=stretch",
            "--set=input.format=yolo",
            "--set=input.annotations=" + folder.resolve("boxes"))
        .refused(2, "boxes/mixed lies in the input", "choose an output beside it");
  }
}
