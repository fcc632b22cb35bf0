package io.emulsion.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.Mismatch;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.RunLengths;
import io.emulsion.spark.source.BoxSources.Listing;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.RealSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every image and box of sets that others made. */
class RealDetectionSetsTest {
  @TempDir static Path folder = Path.of("");

  private static BoxSources sources;

  @BeforeAll
  static void startSpark() {
    sources = new BoxSources(LocalSpark.start("local[2]"), folder);
  }

  @AfterAll
  static void stopSpark() {
    LocalSpark.stop();
  }

  private static Listing coco() {
    Path set = RealSets.folder("detection-coco128");
    return sources.coco(
        set.resolve("train2017"),
        set.resolve("annotations/instances_train2017.json"),
        BadBoxes.FAIL);
  }

  private static Listing yolo() throws IOException {
    Path set = RealSets.folder("detection-coco128");
    return sources.yolo(
        set.resolve("train2017"),
        set.resolve("labels/train2017"),
        set.resolve("object_detection-config.yaml"));
  }

  private static List<Box> boxes(Listing listing) {
    return listing.references().values().stream()
        .flatMap(reference -> reference.annotation().boxes().stream())
        .toList();
  }

  @Test
  void everyImageAndBoxOfCoco128IsThere() {
    Listing listing = coco();
    Snapshot snapshot = listing.snapshot();
    assertThat(listing.references()).hasSize(128);
    assertThat(snapshot.count()).isEqualTo(128);
    assertThat(snapshot.inputBytes()).isEqualTo(22_172_241);
    assertThat(snapshot.ignored()).isEmpty();
    assertThat(listing.boxes().count()).isEqualTo(939).isEqualTo(boxes(listing).size());
    assertThat(listing.boxes().imagesWithout()).isEqualTo(2);
    assertThat(listing.of("000000000250.jpg").annotation().boxes()).isEmpty();
    assertThat(listing.of("000000000508.jpg").annotation().boxes()).isEmpty();
    assertThat(snapshot.classes().size()).isEqualTo(80);
    assertThat(snapshot.classes().name(0)).isEqualTo("person");
    assertThat(snapshot.classes().name(79)).isEqualTo("toothbrush");
    assertThat(snapshot.emptyClasses()).hasSize(9);
    assertThat(snapshot.classCounts().stream().mapToLong(Long::longValue).sum()).isEqualTo(939);
  }

  @Test
  void theCrowdsOfCoco128HaveTheirMasks() {
    List<ImageReference> images = List.copyOf(coco().references().values());
    int crowds = 0;
    for (ImageReference image : images) {
      Annotation annotation = image.annotation();
      for (Box box : annotation.boxes()) {
        RunLengths mask = box.mask();
        assertThat(mask != null).isEqualTo(box.crowd());
        if (mask != null) {
          crowds++;
          assertThat(mask.height()).isEqualTo(annotation.height());
          assertThat(mask.width()).isEqualTo(annotation.width());
          assertThat(columns(mask)).containsExactly((int) box.xMin(), (int) box.xMax());
        }
      }
    }
    assertThat(crowds).isEqualTo(10);
  }

  /**
   * The first and last column that a mask covers; COCO's boxes of crowds are from one to the other.
   */
  private static int[] columns(RunLengths mask) {
    int first = Integer.MAX_VALUE;
    int last = -1;
    int at = 0;
    for (int i = 0; i < mask.counts().length; i++) {
      int next = at + mask.counts()[i];
      if (i % 2 == 1 && next > at) {
        first = Math.min(first, at / mask.height());
        last = (next - 1) / mask.height();
      }
      at = next;
    }
    return new int[] {first, last};
  }

  @Test
  void cocoAndYoloAgreeUpToYolosRounding() throws IOException {
    Listing coco = coco();
    Listing yolo = yolo();
    assertThat(yolo.snapshot().classes().names()).isEqualTo(coco.snapshot().classes().names());
    assertThat(yolo.references().keySet()).isEqualTo(coco.references().keySet());
    assertThat(yolo.boxes().count()).isEqualTo(929); // it has no crowds
    assertThat(yolo.boxes().imagesWithout()).isEqualTo(2);
    assertThat(yolo.boxes().mismatches().counts())
        .isEqualTo(Map.of(Mismatch.ANNOTATION_WITHOUT_IMAGE, 2L));
    assertThat(yolo.boxes().mismatches().names(Mismatch.ANNOTATION_WITHOUT_IMAGE))
        .containsExactly("000000000656.txt", "000000000659.txt");
    coco.references()
        .forEach((id, image) -> assertAlike(image.annotation(), yolo.of(id).annotation()));
  }

  private static void assertAlike(Annotation coco, Annotation yolo) {
    assertThat(yolo.normalised() || yolo.boxes().isEmpty()).isTrue();
    assertThat(coco.normalised()).isFalse();
    int height = coco.height();
    int width = coco.width();
    List<Box> expected = coco.boxes().stream().filter(box -> !box.crowd()).toList();
    List<Box> actual = yolo.boxes().stream().map(box -> scaled(box, height, width)).toList();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Box e = expected.get(i);
      assertThat(actual)
          .anySatisfy(
              a -> {
                assertThat(a.label()).isEqualTo(e.label());
                assertThat(a.xMin()).isCloseTo(e.xMin(), within(1e-6 * width));
                assertThat(a.yMin()).isCloseTo(e.yMin(), within(1e-6 * height));
                assertThat(a.xMax()).isCloseTo(e.xMax(), within(1e-6 * width));
                assertThat(a.yMax()).isCloseTo(e.yMax(), within(1e-6 * height));
              });
    }
  }

  private static Box scaled(Box box, int height, int width) {
    return new Box(
        box.xMin() * width,
        box.yMin() * height,
        box.xMax() * width,
        box.yMax() * height,
        box.label(),
        1,
        false,
        false,
        Double.NaN,
        null);
  }

  @Test
  void everyImageAndBoxOfBccdIsThereButTheOneWithoutAnArea() {
    Path set = RealSets.folder("detection-voc-bccd");
    Listing listing = sources.voc(List.of(set), null, BadBoxes.CLIP);
    Snapshot snapshot = listing.snapshot();
    assertThat(listing.references()).hasSize(73).containsKey("JPEGImages/BloodImage_00338.jpg");
    assertThat(snapshot.classes().names()).containsExactly("Platelets", "RBC", "WBC");
    assertThat(snapshot.classCounts()).containsExactly(69L, 805L + 12, 71L + 1);
    assertThat(listing.boxes().count()).isEqualTo(945 + 13).isEqualTo(boxes(listing).size());
    assertThat(listing.boxes().mismatches().counts()).isEqualTo(Map.of(Mismatch.NO_AREA, 1L));
    assertThat(listing.boxes().mismatches().names(Mismatch.NO_AREA))
        .containsExactly(
            "JPEGImages/BloodImage_00338.jpg, object 13: from (504.0, 337.0) to (504.0, 337.0)");
    assertThat(listing.of("JPEGImages/BloodImage_00338.jpg").annotation().boxes().get(0))
        .isEqualTo(new Box(453, 81, 555, 182, 1, 1, false, false, Double.NaN, null));
  }

  @Test
  void theTestSplitOfBccdIsWhatItsListNames() {
    Path set = RealSets.folder("detection-voc-bccd");
    for (Path root : List.of(set, set.resolve("JPEGImages"))) {
      Listing listing = sources.vocSet(List.of(root), "test");
      assertThat(listing.references()).hasSize(72);
      assertThat(listing.snapshot().classCounts()).containsExactly(69L, 805L, 71L);
      assertThat(listing.boxes().count()).isEqualTo(945);
      assertThat(listing.boxes().mismatches().counts()).isEmpty();
      assertThat(listing.snapshot().ignored()).containsEntry("images outside the image set", 1L);
    }
  }

  @Test
  void everyImageAndBoxOfTheRaccoonsIsThere() {
    Path set = RealSets.folder("detection-voc-raccoon");
    Listing listing = sources.voc(List.of(set), null, BadBoxes.FAIL);
    assertThat(listing.references()).hasSize(118).containsKey("images/raccoon-1.jpg");
    assertThat(listing.snapshot().classes().names()).containsExactly("raccoon");
    assertThat(listing.boxes().count()).isEqualTo(125).isEqualTo(boxes(listing).size());
    assertThat(listing.boxes().imagesWithout()).isZero();
    Listing explicit =
        sources.voc(List.of(set.resolve("images")), set.resolve("annotations"), BadBoxes.FAIL);
    assertThat(explicit.references()).hasSize(118).containsKey("raccoon-1.jpg");
    assertThat(boxes(explicit)).containsExactlyElementsOf(boxes(listing));
  }
}
