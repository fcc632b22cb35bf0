package io.emulsion.shard.files;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.sample.RunLengths;
import io.emulsion.shard.DecimalText;
import io.emulsion.shard.JsonText;
import io.emulsion.shard.StoredBox;
import io.emulsion.shard.files.FixedPoint.Corners;

/**
 * Images and annotations as COCO's JSON has them, an object a line. Keys that COCO has not: {@code
 * id_a}, {@code id_b}, {@code lambda} of an image, {@code weight}, {@code source}, {@code
 * difficult} of an annotation; and, in an index only, {@code bytes} and {@code sha256} of an image.
 */
final class CocoText {
  private static final int BITS_OF_POSITION = 20;
  private static final int BITS_OF_BOX = 12;

  /** First key of an image's line, and of no other. */
  static final String IMAGE_START = "{\"file_name\":";

  /** First key of an annotation's line. */
  static final String ANNOTATION_START = "{\"image_id\":";

  private static final String HASH_START = ",\"bytes\":";

  private CocoText() {}

  /** {@code shard * 2^20 + position}: unique in a view. */
  static long imageId(Place place) {
    return ((long) place.shard() << BITS_OF_POSITION) + place.position();
  }

  /**
   * {@code image id * 2^12 + box}, boxes counted from 1: pycocotools takes an annotation of id 0
   * for none when it matches.
   *
   * @param box from 0
   */
  static long annotationId(Place place, int box) {
    return (imageId(place) << BITS_OF_BOX) + box + 1;
  }

  /**
   * @throws EmulsionException (usage) if the sample has no id of its own, or a box has none
   */
  static void checkIds(MixedSample sample) {
    int position = sample.place().position();
    if (position >= 1 << BITS_OF_POSITION) {
      throw EmulsionException.usage(
          "A shard has more than %d samples, but in output.format files their ids end there: set"
              + " output.shard-samples to less",
          1 << BITS_OF_POSITION);
    }
    int boxes = sample.boxes().size();
    if (boxes > 1 << BITS_OF_BOX) {
      throw EmulsionException.usage(
          "The mix of '%s' with '%s' has %d boxes, but in output.format files an image has at most"
              + " %d: choose another output.format, or leave such images out",
          sample.first(), sample.partner(), boxes, 1 << BITS_OF_BOX);
    }
  }

  /**
   * @param sizeBytes of the encoded image
   */
  static String image(MixedSample sample, String imageFormat, long sizeBytes, String sha256) {
    return IMAGE_START
        + JsonText.quoted(FileNames.imagePath(sample.place(), imageFormat))
        + ",\"id\":"
        + imageId(sample.place())
        + ",\"height\":"
        + sample.height()
        + ",\"width\":"
        + sample.width()
        + ",\"id_a\":"
        + JsonText.quoted(sample.first().value())
        + ",\"id_b\":"
        + JsonText.quoted(sample.partner().value())
        + ",\"lambda\":"
        + DecimalText.of(sample.lambda())
        + HASH_START
        + sizeBytes
        + ",\"sha256\":"
        + JsonText.quoted(sha256)
        + "}";
  }

  /** An image's line as it stands in {@code annotations.json}. */
  static String withoutHash(String image) {
    return image.substring(0, image.lastIndexOf(HASH_START)) + "}";
  }

  /**
   * @param number of the box, from 0
   */
  static String annotation(MixedSample sample, int number, int labelOffset) {
    MixedBox mixed = sample.boxes().get(number);
    Box box = mixed.box();
    Corners corners = Corners.of(box);
    long area = FixedPoint.of(StoredBox.area(box));
    StringBuilder text = new StringBuilder();
    text.append(ANNOTATION_START).append(imageId(sample.place()));
    text.append(",\"id\":").append(annotationId(sample.place(), number));
    text.append(",\"category_id\":").append(box.label() + labelOffset);
    text.append(",\"bbox\":[").append(FixedPoint.text(corners.xMin()));
    text.append(',').append(FixedPoint.text(corners.yMin()));
    text.append(',').append(FixedPoint.text(corners.width()));
    text.append(',').append(FixedPoint.text(corners.height()));
    text.append("],\"area\":").append(FixedPoint.text(area));
    text.append(",\"iscrowd\":").append(box.crowd() ? 1 : 0);
    if (box.mask() != null) {
      appendMask(box.mask(), text);
    }
    text.append(",\"weight\":").append(DecimalText.of(mixed.weight()));
    text.append(",\"source\":").append(mixed.source());
    return text.append(",\"difficult\":").append(box.difficult() ? 1 : 0).append('}').toString();
  }

  private static void appendMask(RunLengths mask, StringBuilder text) {
    text.append(",\"segmentation\":{\"size\":[").append(mask.height()).append(',');
    text.append(mask.width()).append("],\"counts\":[");
    String separator = "";
    for (int count : mask.counts()) {
      text.append(separator).append(count);
      separator = ",";
    }
    text.append("]}");
  }
}
