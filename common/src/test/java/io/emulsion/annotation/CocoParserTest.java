package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CocoParserTest {
  static List<CocoItem> parse(byte[] json, String file) {
    List<CocoItem> items = new ArrayList<>();
    try (CocoParser parser = new CocoParser(new ByteArrayInputStream(json), file)) {
      for (CocoItem item = parser.next(); item != null; item = parser.next()) {
        items.add(item);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // fails the test: bytes in memory have no I/O errors
    }
    return items;
  }

  private static List<CocoItem> parse(String json) {
    return parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "a.json");
  }

  private static RawBox box(String fields) {
    CocoItem item = parse(annotation(fields)).get(0);
    return ((CocoItem.Annotated) item).box();
  }

  private static String annotation(String fields) {
    return "{'annotations': [{" + fields + "}], 'images': [], 'categories': []}";
  }

  private static void refuses(String json, String problem) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("a.json is no COCO JSON: " + problem)
        .hasMessageMatching(".* \\(line \\d+, byte \\d+\\)")
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.BAD_INPUTS);
  }

  private static Box plain(double xMin, double yMin, double xMax, double yMax) {
    return new Box(xMin, yMin, xMax, yMax, 0, 1, false, false, Double.NaN, null);
  }

  @Test
  void readsImagesAnnotationsAndCategoriesInAnyOrder() {
    String categories = "'categories': [{'supercategory': 's', 'id': 90, 'name': 'brush'}]";
    String images =
        "'images': [{'license': 4, 'file_name': 'a/b.jpg', 'height': 480, 'width': 640, 'id': 7}]";
    String annotations =
        "'annotations': [{'segmentation': [[1, 2, 3]], 'area': 12.5, 'iscrowd': 0, 'image_id': 7,"
            + " 'bbox': [1.5, 2, 10, 20.25], 'category_id': 90, 'id': 900100000001}]";
    CocoItem image = new CocoItem.Image("7", "a/b.jpg", 480, 640);
    CocoItem category = new CocoItem.Category(90, "brush");
    CocoItem annotated =
        new CocoItem.Annotated(
            "900100000001",
            "7",
            new RawBox(
                "annotation 900100000001",
                "90",
                new Box(1.5, 2, 11.5, 22.25, 0, 1, false, false, 12.5, null),
                false));
    String info = "'info': {'deep': [[{}]]}, ";
    assertThat(parse("{" + info + images + "," + annotations + "," + categories + "}"))
        .containsExactly(image, annotated, category);
    assertThat(parse("{" + categories + "," + annotations + "," + images + ", 'licenses': []}"))
        .containsExactly(category, annotated, image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void readsEveryEncodingOfJson(String charset) {
    String json =
        "{'images': [{'id': 1, 'file_name': 'é図.jpg'}], 'annotations': [], 'categories': []}"
            .replace('\'', '"');
    assertThat(parse(json.getBytes(Charset.forName(charset)), "a.json"))
        .containsExactly(new CocoItem.Image("1", "é図.jpg", 0, 0));
  }

  @Test
  void readsRunLengthsOfCrowdsInBothForms() {
    String size = "'size': [2, 3]";
    RawBox list = box("'iscrowd': 1, 'segmentation': {'counts': [1, 2, 3], " + size + "}");
    assertThat(list.badMask()).isFalse();
    assertMask(list, 2, 3, 1, 2, 3);
    // pycocotools.mask.frPyObjects({"size": [2, 3], "counts": [1, 2, 3]}, 2, 3)["counts"]
    RawBox string = box("'segmentation': {" + size + ", 'counts': '123'}, 'iscrowd': 1");
    assertMask(string, 2, 3, 1, 2, 3);
    assertThat(box("'iscrowd': true, 'segmentation': {'counts': [6], " + size + "}").box().crowd())
        .isTrue();
  }

  private static void assertMask(RawBox box, int height, int width, int... counts) {
    RunLengths mask = box.box().mask();
    assertThat(mask).isNotNull();
    assertThat(mask.height()).isEqualTo(height);
    assertThat(mask.width()).isEqualTo(width);
    assertThat(mask.counts()).containsExactly(counts);
  }

  @Test
  void keepsMasksOfCrowdsOnly() {
    String rle = "'segmentation': {'counts': [6], 'size': [2, 3]}";
    assertThat(box(rle + ", 'iscrowd': 0").box().mask()).isNull();
    assertThat(box(rle).badMask()).isFalse();
    RawBox polygon = box("'segmentation': [[1, 2, 3, 4]], 'iscrowd': 1");
    assertThat(polygon.box().crowd()).isTrue();
    assertThat(polygon.box().mask()).isNull();
    assertThat(polygon.badMask()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'counts': [6]}",
        "{'counts': [5], 'size': [2, 3]}",
        "{'counts': [-1, 7], 'size': [2, 3]}",
        "{'counts': [6.5], 'size': [2, 3]}",
        "{'counts': [6], 'size': [2, 3, 1]}",
        "{'counts': [0], 'size': [0, 3]}",
        "{'counts': [6], 'size': [99999999999, 3]}",
        "{'counts': '', 'size': [2, 3]}",
        "{'counts': 'ooooooooo', 'size': [2, 3]}",
        "{'counts': 'é', 'size': [2, 3]}",
        "{'counts': '1', 'size': [2, 3]}",
        "{'counts': {'a': 1}, 'size': [2, 3]}"
      })
  void aMaskThatIsNoneIsTold(String segmentation) {
    RawBox box = box("'iscrowd': 1, 'segmentation': " + segmentation);
    assertThat(box.badMask()).isTrue();
    assertThat(box.box().mask()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'bbox': [NaN, 1, 2, 3]",
        "'bbox': [1, 2, 3]",
        "'bbox': [1, 2, 3, 4, 5]",
        "'bbox': 'all'",
        "'bbox': null",
        "'bbox': {'x': 1}",
        "'bbox': [1, 2, [3], 4]",
        "'bbox': ['1', 2, 3, 4]",
        "'area': 1",
        "'bbox': [1, 2, Infinity, -Infinity]"
      })
  void cornersThatAreNoneAreNotANumber(String fields) {
    Box box = box(fields).box();
    assertThat(box.xMin() + box.yMin() + box.xMax() + box.yMax()).isNaN();
  }

  @Test
  void takesWhatExportersLeaveOutOrWriteOtherwise() {
    assertThat(
            parse(
                "{'images': [{'id': 'x', 'file_name': './a//b.jpg', 'height': null, 'width': -1}],"
                    + " 'annotations': [{'image_id': null}], 'categories': []}"))
        .containsExactly(
            new CocoItem.Image("x", "a/b.jpg", 0, 0),
            new CocoItem.Annotated(
                null,
                null,
                new RawBox(
                    "an annotation",
                    "",
                    plain(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                    false)));
    assertThat(box("'weight': 0.25").box().weight()).isEqualTo(0.25);
    assertThat(box("'weight': 7").box().weight()).isEqualTo(1);
    assertThat(box("'bbox': [9, 9, 9, 9], 'bbox': [1, 1, 1, 1]").box())
        .isEqualTo(plain(1, 1, 2, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.jpg",
        "a/../../x.jpg",
        "/etc/passwd",
        "//host/x.jpg",
        "file:/etc/passwd",
        "s3a://bucket/x.jpg",
        "C:\\\\x.jpg",
        "\\\\\\\\host\\\\x.jpg",
        "a/..",
        "..\\\\x.jpg",
        "",
        "."
      })
  void refusesAFileNameThatLeavesItsRoot(String name) {
    refuses(
        "{'images': [{'id': 1, 'file_name': '" + name + "'}]}",
        "file_name '" + name.replace("\\\\", "\\") + "' does not lie below the folder of the");
  }

  @Test
  void refusesWhatIsNoCoco() {
    refuses("", "it does not start with an object");
    refuses("[{'image_id': 1}]", "it does not start with an object");
    refuses("{'images': {}}", "'images' is no list");
    refuses("{'images': [[1]]}", "what it lists must be objects");
    refuses("{'images': [], 'images': []}", "it has 'images' twice");
    refuses("{'images': [], 'annotations': []}", "it has no 'categories'");
    refuses("{'images': [], 'categories': [], 'annotations': []} x", "Unrecognized token 'x'");
    refuses("{'images': [], 'categories': [], 'annotations': []} {}", "more follows after its end");
    refuses("{'images': [{'id': 1}]}", "an image has no file_name");
    refuses("{'images': [{'file_name': 'a'}]}", "an image has no id");
    refuses("{'images': [{'id': [1]}]}", "id is neither a whole number nor a string");
    refuses("{'images': [{'id': 1.5}]}", "id is neither a whole number nor a string");
    refuses("{'images': [{'file_name': 5}]}", "file_name is no string");
    refuses("{'images': [{'height': 99999999999}]}", "height is no number of pixels: 99999999999");
    refuses("{'images': [{'width': 1.5}]}", "width is no number of pixels: 1.5");
    refuses(
        "{'categories': [{'id': 'a', 'name': 'b'}]}", "the id of a category is no whole number");
    refuses("{'categories': [{'id': 1}]}", "a category has no name");
    refuses("{'images': [{'id': 99999999999999999999}]}", "Numeric value (99999999999999999999)");
    refuses("{'images': [{'id': 1, 'file_name': 'a'", "Unexpected end-of-input");
    refuses("{'images': [", "Unexpected end-of-input");
    refuses("{'images'", "Unexpected end-of-input");
    refuses("{'annotations': [{'bbox': [1, 2", "Unexpected end-of-input");
    refuses("{'annotations': [{'segmentation': {'counts': [1", "Unexpected end-of-input");
  }

  @Test
  void refusesWhatIsMadeToUseUpMemory() {
    String nested = "[".repeat(100_000);
    refuses("{'info': " + nested, "Document nesting depth (1001) exceeds the maximum allowed");
    refuses("{'annotations': [{'segmentation': " + nested, "Document nesting depth (1001)");
    refuses("{'annotations': [{'bbox': " + nested, "Document nesting depth (1001)");
    refuses("{'annotations': [{'id': 1" + "0".repeat(2000) + "}]}", "Number value length (2001)");
    refuses("{'images': [{'file_name': '" + "x".repeat(5000) + "'}]}", "file_name has 5000 char");
    refuses(
        "{'annotations': [{'segmentation': {'counts': [" + "1,".repeat((1 << 22) + 1),
        "a mask has more than 4194304 runs");
  }

  @Test
  void namesTheLineAndByteOfAnError() {
    assertThatThrownBy(() -> parse("{\n'images': [\n{'id': 1,,}]}"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageContaining("(line 3, byte 24)");
  }

  @Test
  void anErrorOfTheStorageStaysOne() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> new CocoParser(broken, "a.json"))
        .isInstanceOf(IOException.class)
        .hasMessage("disk on fire");
  }

  @Test
  void bytesThatAreNoTextAreNoErrorOfTheStorage() {
    assertThatThrownBy(() -> parse(new byte[] {0, 0, '{', 0}, "a.json"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("a.json is no COCO JSON: Unsupported UCS-4 endianness (2143)")
        .hasMessageEndingWith("(line 1, byte 0)");
  }
}
