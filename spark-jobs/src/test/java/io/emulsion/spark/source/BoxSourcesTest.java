package io.emulsion.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.Mismatch;
import io.emulsion.error.EmulsionException;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.spark.source.BoxSources.Listing;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets as people have them, and as nobody should. */
class BoxSourcesTest {
  private static BoxSources sources;
  @TempDir static Path snapshots = Path.of("");
  @TempDir Path folder = Path.of("");
  private int drawn;

  @BeforeAll
  static void startSpark() {
    sources = new BoxSources(LocalSpark.start("local[2]"), snapshots);
  }

  @AfterAll
  static void stopSpark() {
    LocalSpark.stop();
  }

  private void image(String path) throws IOException {
    TestImages.file(folder.resolve(path), TestImages.jpeg(drawn++));
  }

  private Path text(String path, String text) throws IOException {
    return TestImages.file(folder.resolve(path), text.replace('\'', '"'));
  }

  private void voc(String path, String name, int... corners) throws IOException {
    text(
        path,
        "<annotation><size><width>16</width><height>12</height></size><object><name>%s</name><bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox></object></annotation>"
            .formatted(name, corners[0], corners[1], corners[2], corners[3]));
  }

  private static Box box(int label, double xMin, double yMin, double xMax, double yMax) {
    return new Box(xMin, yMin, xMax, yMax, label, 1, false, false, Double.NaN, null);
  }

  private static void refuses(ThrowingCallable listing, String... parts) {
    assertThatThrownBy(listing)
        .satisfies(
            thrown -> {
              Throwable cause = thrown;
              while (!(cause instanceof EmulsionException) && cause.getCause() != null) {
                assertThat(cause).isInstanceOf(SparkException.class);
                cause = cause.getCause();
              }
              assertThat(cause).isInstanceOf(EmulsionException.class);
              assertThat(cause.getMessage()).contains(parts);
            });
  }

  private Path coco(String images, String annotations) throws IOException {
    return text(
        "boxes.json",
        "{'annotations': ["
            + annotations
            + "], 'categories': [{'id': 90, 'name': 'z'}, {'id': 7, 'name': 'a'}, {'id': 40,"
            + " 'name': 'z'}], 'images': ["
            + images
            + "]}");
  }

  @Test
  void numbersCocosClassesByCategoryAndJoinsByImage() throws IOException {
    image("in/deep/1.jpg");
    image("in/2.jpg");
    image("in/3.jpg");
    image("in/.hidden.jpg");
    text("in/notes.txt", "x");
    text("in/4.gif", "unsupported, but an image");
    Path json =
        coco(
            "{'id': 5, 'file_name': 'deep/1.jpg', 'height': 12, 'width': 16},"
                + "{'id': 6, 'file_name': '2.jpg', 'height': 12, 'width': 16},"
                + "{'id': 8, 'file_name': '4.gif'}",
            "{'id': 2, 'image_id': 5, 'category_id': 90, 'bbox': [4, 3, 2, 1], 'area': 1.5},"
                + "{'id': 1, 'image_id': 5, 'category_id': 7, 'bbox': [0, 0, 16, 12]},"
                + "{'id': 3, 'image_id': 8, 'category_id': 40, 'bbox': [1, 1, 1, 1]}");
    Listing listing = sources.coco(folder.resolve("in"), json, BadBoxes.FAIL);
    assertThat(listing.snapshot().classes().names()).containsExactly("a", "z");
    assertThat(listing.references().keySet()).containsExactly("2.jpg", "4.gif", "deep/1.jpg");
    assertThat(listing.of("deep/1.jpg").annotation())
        .isEqualTo(
            new Annotation(
                List.of(new Box(4, 3, 6, 4, 1, 1, false, false, 1.5, null), box(0, 0, 0, 16, 12)),
                false,
                12,
                16));
    assertThat(listing.of("2.jpg").annotation())
        .isEqualTo(new Annotation(List.of(), false, 12, 16));
    assertThat(listing.of("4.gif").annotation().boxes()).containsExactly(box(1, 1, 1, 2, 2));
    assertThat(listing.of("2.jpg").sizeBytes()).isEqualTo(Files.size(folder.resolve("in/2.jpg")));
    assertThat(listing.snapshot().ignored())
        .isEqualTo(
            Map.of(
                "hidden and system files",
                1L,
                "other files",
                1L,
                "images that the annotations do not list",
                1L));
    assertThat(listing.snapshot().classCounts()).containsExactly(1L, 2L);
    assertThat(listing.boxes().imagesWithout()).isEqualTo(1);
  }

  @Test
  void countsAndNamesWhatDoesNotFitInCoco() throws IOException {
    image("in/1.jpg");
    image("in/2.jpg");
    Path json =
        coco(
            "{'id': 1, 'file_name': '1.jpg', 'height': 12, 'width': 16},"
                + "{'id': 1, 'file_name': '2.jpg'}," // the same id
                + "{'id': 3, 'file_name': '1.jpg'}," // the same file
                + "{'id': 4, 'file_name': 'gone.jpg'}",
            "{'id': 10, 'image_id': 1, 'category_id': 7, 'bbox': [1, 1, 2, 2]},"
                + "{'id': 10, 'image_id': 1, 'category_id': 7, 'bbox': [1, 1, 2, 2]},"
                + "{'id': 11, 'image_id': 99, 'category_id': 7, 'bbox': [1, 1, 2, 2]},"
                + "{'id': 12, 'category_id': 7, 'bbox': [1, 1, 2, 2]},"
                + "{'id': 13, 'image_id': 1, 'category_id': 1, 'bbox': [1, 1, 2, 2]},"
                + "{'id': 14, 'image_id': 1, 'category_id': 7, 'bbox': [15, 1, 2, 2]},"
                + "{'id': 15, 'image_id': 1, 'category_id': 7, 'bbox': [1, 1, 0, 2]},"
                + "{'id': 16, 'image_id': 1, 'category_id': 7, 'bbox': [1, NaN, 0, 2]}");
    Listing listing = sources.coco(folder.resolve("in"), json, BadBoxes.CLIP);
    assertThat(listing.boxes().mismatches().counts())
        .isEqualTo(
            Map.of(
                Mismatch.ANNOTATION_WITHOUT_IMAGE, 2L,
                Mismatch.IMAGE_WITHOUT_FILE, 1L,
                Mismatch.DUPLICATE, 3L,
                Mismatch.UNKNOWN_CATEGORY, 1L,
                Mismatch.OUTSIDE, 1L,
                Mismatch.NO_AREA, 1L,
                Mismatch.NOT_A_NUMBER, 1L));
    assertThat(listing.boxes().mismatches().names(Mismatch.ANNOTATION_WITHOUT_IMAGE))
        .containsExactly("annotation 11: image_id 99", "annotation 12: image_id missing");
    assertThat(listing.boxes().mismatches().names(Mismatch.DUPLICATE))
        .containsExactly(
            "1.jpg: a second annotation of its image, left out",
            "annotation id 10: again on image 1",
            "image id 1: 2.jpg has it too, and is left out");
    assertThat(listing.boxes().mismatches().names(Mismatch.IMAGE_WITHOUT_FILE))
        .containsExactly("gone.jpg");
    assertThat(listing.references().keySet()).containsExactly("1.jpg");
    assertThat(listing.of("1.jpg").annotation().boxes())
        .containsExactly(box(0, 1, 1, 3, 3), box(0, 15, 1, 16, 3));
    Listing dropping = sources.coco(folder.resolve("in"), json, BadBoxes.DROP);
    assertThat(dropping.of("1.jpg").annotation().boxes()).containsExactly(box(0, 1, 1, 3, 3));
    refuses(
        () -> sources.coco(folder.resolve("in"), json, BadBoxes.FAIL),
        "The annotations do not fit (",
        "Mend them, or set input.on-bad-box to clip or drop");
  }

  @Test
  void readsNothingOutsideTheRootOfCoco() throws IOException {
    image("in/1.jpg");
    image("secret.jpg");
    Path json = coco("{'id': 1, 'file_name': '../secret.jpg'}", "");
    refuses(
        () -> sources.coco(folder.resolve("in"), json, BadBoxes.CLIP),
        "boxes.json is no COCO JSON: file_name '../secret.jpg' does not lie below the folder");
  }

  @Test
  void refusesACocoFileThatIsNone() throws IOException {
    image("in/1.jpg");
    Path in = folder.resolve("in");
    refuses(() -> sources.coco(in, folder.resolve("no.json"), BadBoxes.CLIP), "does not exist");
    refuses(() -> sources.coco(in, in, BadBoxes.CLIP), "is a folder: name the JSON file in it");
    Path cut = text("cut.json", "{'images': [{'id': 1");
    refuses(() -> sources.coco(in, cut, BadBoxes.CLIP), "cut.json is no COCO JSON: Unexpected end");
    Path json = coco("{'id': 1, 'file_name': '1.jpg'}", "");
    refuses(() -> sources.coco(in, json, BadBoxes.CLIP), "None of the 1 images in", "usable box");
    Path other = coco("{'id': 1, 'file_name': '2.jpg'}", "");
    refuses(
        () -> sources.coco(in, other, BadBoxes.CLIP),
        "No annotated images in",
        "annotated images without a file: 1, images that the annotations do not list: 1");
  }

  @ParameterizedTest
  @CsvSource({
    "JPEGImages, Annotations",
    "images, annotations",
    "IMAGES, ANNOTATIONS",
    "photos, Annotations"
  })
  void findsVocsFoldersWhateverTheirNames(String images, String annotations) throws IOException {
    image("in/" + images + "/1.jpg");
    image("in/" + images + "/sub/1.JPG");
    image("in/" + images + "/without.png");
    voc("in/" + annotations + "/1.xml", "dog", 1, 1, 3, 3);
    voc("in/" + annotations + "/sub/1.XML", "cat", 2, 2, 16, 12);
    text("in/ImageSets/Main/train.txt", "1\n");
    image("in/SegmentationClass/1.png");
    Listing listing = sources.voc(List.of(folder.resolve("in")), null, BadBoxes.FAIL);
    assertThat(listing.snapshot().classes().names()).containsExactly("cat", "dog");
    assertThat(listing.references().keySet())
        .containsExactly(images + "/1.jpg", images + "/sub/1.JPG", images + "/without.png");
    assertThat(listing.of(images + "/1.jpg").annotation())
        .isEqualTo(new Annotation(List.of(box(1, 1, 1, 3, 3)), false, 12, 16));
    assertThat(listing.of(images + "/sub/1.JPG").annotation().boxes())
        .containsExactly(box(0, 2, 2, 16, 12));
    assertThat(listing.boxes().imagesWithout()).isEqualTo(1);
    Listing below =
        sources.voc(
            List.of(folder.resolve("in/" + images)),
            folder.resolve("in/" + annotations),
            BadBoxes.FAIL);
    assertThat(below.references().keySet()).containsExactly("1.jpg", "sub/1.JPG", "without.png");
    assertThat(below.boxes().count()).isEqualTo(2);
  }

  @Test
  void findsVocsFilesBesideTheImagesAndInTheFolderBeside() throws IOException {
    image("a/1.jpg");
    voc("a/1.xml", "dog", 1, 1, 3, 3);
    assertThat(sources.voc(List.of(folder.resolve("a")), null, BadBoxes.FAIL).boxes().count())
        .isEqualTo(1);
    image("b/JPEGImages/2.jpg");
    voc("b/Annotations/2.xml", "dog", 1, 1, 3, 3);
    voc("b/Annotations/3.xml", "dog", 1, 1, 3, 3);
    Listing both =
        sources.voc(
            List.of(folder.resolve("a"), folder.resolve("b/JPEGImages")), null, BadBoxes.CLIP);
    assertThat(both.references().keySet()).containsExactly("1.jpg", "2.jpg");
    assertThat(both.of("2.jpg").root()).isEqualTo(1);
    assertThat(both.boxes().mismatches().counts())
        .isEqualTo(Map.of(Mismatch.ANNOTATION_WITHOUT_IMAGE, 1L));
    assertThat(both.boxes().mismatches().names(Mismatch.ANNOTATION_WITHOUT_IMAGE))
        .containsExactly("3.xml");
  }

  @Test
  void takesTheImagesOfVocsImageSet() throws IOException {
    for (String root : List.of("x/", "y/")) {
      for (String name : List.of("1", "2", "sub/3", "4")) {
        image(root + "JPEGImages/" + root + name + ".jpg");
        voc(root + "Annotations/" + root + name + ".xml", "dog", 1, 1, 3, 3);
      }
    }
    text("x/imagesets/Main/val.txt", "\uFEFFx/1\r\nx/sub/3.jpg\r\nx/1\nx/gone\n");
    text("y/ImageSets/Main/val.txt", "y/2 1\ny/1 -1\n\ny/gone -1\n");
    text("y/ImageSets/Layout/val.txt", "y/1\n");
    List<Path> roots = List.of(folder.resolve("x"), folder.resolve("y"));
    Listing listing = sources.vocSet(roots, "val");
    assertThat(listing.references().keySet())
        .containsExactly("JPEGImages/x/1.jpg", "JPEGImages/x/sub/3.jpg", "JPEGImages/y/2.jpg");
    assertThat(listing.boxes().count()).isEqualTo(3);
    assertThat(listing.snapshot().ignored()).containsEntry("images outside the image set", 5L);
    assertThat(listing.boxes().mismatches().counts())
        .isEqualTo(Map.of(Mismatch.IMAGE_WITHOUT_FILE, 1L));
    assertThat(listing.boxes().mismatches().names(Mismatch.IMAGE_WITHOUT_FILE))
        .containsExactly(folder.resolve("x") + ": 'x/gone' of the image set");
    assertThat(
            sources.vocSet(List.of(folder.resolve("y/JPEGImages")), "Layout/val.txt").references())
        .containsOnlyKeys("y/1.jpg");
    refuses(
        () -> sources.vocSet(roots, "Layout/val"),
        "input.image-set names a list that " + folder.resolve("x") + " does not have",
        "there is no imagesets/Layout/val.txt");
    text("y/ImageSets/Main/val.txt", "y/1\n../x/1\n");
    refuses(
        () -> sources.vocSet(roots, "val"),
        folder.resolve("y") + "/ImageSets/Main/val.txt is no list of images",
        "'../x/1' leads out of the folder of the images (line 2)");
  }

  /** VOC 2007 and 2012 are used together. */
  @Test
  void twoVocSetsKeepTheirAnnotationsApart() throws IOException {
    image("x/JPEGImages/1.jpg");
    voc("x/Annotations/1.xml", "dog", 1, 1, 3, 3);
    image("y/images/1.jpg");
    voc("y/annotations/1.xml", "cat", 2, 2, 4, 4);
    List<Path> roots = List.of(folder.resolve("x"), folder.resolve("y"));
    Listing listing = sources.voc(roots, null, BadBoxes.FAIL);
    assertThat(listing.of("JPEGImages/1.jpg").annotation().boxes())
        .containsExactly(box(1, 1, 1, 3, 3));
    assertThat(listing.of("images/1.jpg").annotation().boxes()).containsExactly(box(0, 2, 2, 4, 4));
    image("y/JPEGImages/1.jpg");
    refuses(
        () -> sources.voc(roots, null, BadBoxes.FAIL),
        "y has the folders JPEGImages and images: set input.path to the one of the images");
    image("z/JPEGImages/1.jpg");
    voc("z/Annotations/1.xml", "dog", 1, 1, 3, 3);
    refuses(
        () -> sources.voc(List.of(folder.resolve("x"), folder.resolve("z")), null, BadBoxes.FAIL),
        "'JPEGImages/1.jpg' is in two input paths, " + folder.resolve("x"));
  }

  @Test
  void oneBadXmlIsNamed() throws IOException {
    image("in/1.jpg");
    text("in/1.xml", "<annotation>\n<object>");
    refuses(
        () -> sources.voc(List.of(folder.resolve("in")), null, BadBoxes.CLIP),
        folder.resolve("in") + "/1.xml is no Pascal VOC XML: ",
        "(line 2)");
  }

  private void yolo(String images, String labels) throws IOException {
    image(images + "/1.jpg");
    image(images + "/without.jpg");
    text(labels + "/1.txt", "1 0.5 0.5 0.5 0.5\n0 0.25 0.25 0.5 0.5\n");
    text(labels + "/classes.txt", "not labels");
  }

  private static void assertYolo(Listing listing, String prefix) {
    assertThat(listing.snapshot().classes().names()).containsExactly("zebra", "ant");
    assertThat(listing.references().keySet())
        .containsExactly(prefix + "1.jpg", prefix + "without.jpg");
    assertThat(listing.of(prefix + "1.jpg").annotation())
        .isEqualTo(
            new Annotation(
                List.of(box(1, 0.25, 0.25, 0.75, 0.75), box(0, 0, 0, 0.5, 0.5)), true, 0, 0));
    assertThat(listing.boxes().mismatches().counts()).isEmpty();
  }

  private Listing yolo(String root) {
    return sources.yolo(List.of(folder.resolve(root)), null, BadBoxes.FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "images/train, labels/train, images/train, .",
    "images/train, labels/train, images/train, ../datasets/x",
    "images/train, labels/train, train, images",
    "train/images, train/labels, ../train/images, ",
    "images, labels, images, /somewhere/else",
    "pictures, pictures, pictures, "
  })
  void findsTheTrainingImagesThatTheYamlNames(
      String images, String labels, String train, String path) throws IOException {
    yolo("in/" + images, "in/" + labels);
    image("in/val/images/9.jpg");
    text("in/README.txt", "no labels");
    text(
        "in/data.yaml",
        "train: " + train + "\npath: " + (path == null ? "" : path) + "\nnames: [zebra, ant]\n");
    assertYolo(yolo("in"), images + "/");
  }

  @Test
  void takesAFolderOfImagesWithTheYamlAboveIt() throws IOException {
    yolo("in/images/train", "in/labels/train");
    text("in/coco.yaml", "names:\n  0: zebra\n  1: ant\n");
    assertYolo(yolo("in/images/train"), "");
    assertYolo(yolo("in/images"), "train/");
    assertYolo(yolo("in"), "images/train/");
    Listing explicit =
        sources.yolo(
            List.of(folder.resolve("in/images/train")),
            folder.resolve("in/labels/train"),
            BadBoxes.FAIL);
    assertThat(explicit.boxes().count()).isEqualTo(2);
  }

  @Test
  void countsWhatDoesNotFitInYolo() throws IOException {
    yolo("in/images", "in/labels");
    text("in/data.yaml", "names: [zebra]\n");
    text("in/labels/2.txt", "0 0.5 0.5 1 1\n");
    Listing listing = sources.yolo(List.of(folder.resolve("in")), null, BadBoxes.CLIP);
    assertThat(listing.boxes().mismatches().counts())
        .isEqualTo(Map.of(Mismatch.ANNOTATION_WITHOUT_IMAGE, 1L, Mismatch.UNKNOWN_CATEGORY, 1L));
    assertThat(listing.boxes().mismatches().names(Mismatch.UNKNOWN_CATEGORY))
        .containsExactly("images/1.jpg, line 1: category '1'");
  }

  @Test
  void refusesAYoloSetThatLeadsAwayOrHasNoNames() throws IOException {
    yolo("in/images", "in/labels");
    image("secret/images/1.jpg");
    refuses(() -> yolo("in"), "No YAML file with the names of the classes");
    text("in/data.yaml", "names: [a, b]\ntrain: ../../secret/images\n");
    refuses(() -> yolo("in"), "in '../../secret/images', outside the data set");
    text("in/data.yaml", "names: [a, b]\ntrain: " + folder + "/secret/images\n");
    refuses(() -> yolo("in"), "outside the data set: set input.path to their folder");
    text("in/data.yaml", "names: [a, b]\ntrain: train.txt\n");
    refuses(() -> yolo("in"), "'train.txt', which is no folder there");
    text("in/data.yaml", "train: images\n");
    refuses(() -> yolo("in"), "data.yaml has no names of classes");
    text("in/data.yaml", "names: [");
    refuses(() -> yolo("in"), "data.yaml is no YAML of a YOLO data set: ");
    text("in/other.yaml", "names: [a]");
    text("in/another.yml", "names: [a]");
    Files.delete(folder.resolve("in/data.yaml"));
    refuses(() -> yolo("in"), "in has several YAML files: call the one of the data set data.yaml");
  }

  @Test
  void theDigestCoversTheBoxes() throws IOException {
    image("in/1.jpg");
    voc("in/1.xml", "dog", 1, 1, 3, 3);
    String first = digest();
    assertThat(digest()).isEqualTo(first);
    voc("in/1.xml", "dog", 1, 1, 3, 4);
    assertThat(digest()).isNotEqualTo(first);
    voc("in/1.xml", "dog", 1, 1, 3, 3);
    assertThat(digest()).isEqualTo(first);
  }

  private String digest() {
    return sources.voc(List.of(folder.resolve("in")), null, BadBoxes.FAIL).snapshot().digest();
  }
}
