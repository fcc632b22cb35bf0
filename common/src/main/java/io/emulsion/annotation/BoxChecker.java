package io.emulsion.annotation;

import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.RunLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes annotations of what files say: finds classes, and mends or leaves out what is wrong. */
public final class BoxChecker {
  /** Files round: COCO's to 0.01 pixels. Less than this beyond the border is on the border. */
  private static final double SLACK_PIXELS = 0.01;

  /** The same for fractions of a side: YOLO's are often written with four digits. */
  private static final double SLACK_FRACTION = 1e-4;

  private final Map<String, Integer> labels;
  private final BadBoxes badBoxes;
  private final Mismatches mismatches;

  /**
   * @param labels class numbers by category
   * @param mismatches gets what is wrong
   */
  public BoxChecker(Map<String, Integer> labels, BadBoxes badBoxes, Mismatches mismatches) {
    this.labels = labels;
    this.badBoxes = badBoxes;
    this.mismatches = mismatches;
  }

  /**
   * The boxes that are left, in their order. Where the size of the image is not stated, only its
   * top left corner bounds them.
   *
   * @throws io.emulsion.error.EmulsionException (bad inputs) if mismatches end the job and there is
   *     one
   */
  public Annotation check(ImageId id, RawAnnotation raw) {
    List<Box> boxes = new ArrayList<>(raw.boxes().size());
    for (RawBox box : raw.boxes()) {
      Box checked = check(id, raw, box);
      if (checked != null) {
        boxes.add(checked);
      }
    }
    return new Annotation(boxes, raw.normalised(), raw.height(), raw.width());
  }

  private @Nullable Box check(ImageId id, RawAnnotation raw, RawBox rawBox) {
    Box box = rawBox.box();
    Integer label = labels.get(rawBox.category());
    if (label == null) {
      add(Mismatch.UNKNOWN_CATEGORY, id, rawBox, "category '" + rawBox.category() + "'");
      return null;
    }
    double sum = box.xMin() + box.yMin() + box.xMax() + box.yMax();
    if (!Double.isFinite(sum)) {
      add(Mismatch.NOT_A_NUMBER, id, rawBox, corners(box));
      return null;
    }
    if (hasNoArea(box)) {
      add(Mismatch.NO_AREA, id, rawBox, corners(box));
      return null;
    }
    Box clipped = clipped(box, raw);
    if (slip(box, clipped) > (raw.normalised() ? SLACK_FRACTION : SLACK_PIXELS)) {
      add(Mismatch.OUTSIDE, id, rawBox, corners(box));
      if (badBoxes == BadBoxes.DROP) {
        return null;
      }
    }
    boolean badMask = rawBox.badMask() || isOfOtherSize(box.mask(), raw);
    if (badMask) {
      add(Mismatch.BAD_MASK, id, rawBox, "its run lengths are not of its image");
      if (badBoxes == BadBoxes.DROP) {
        return null;
      }
    }
    return hasNoArea(clipped) ? null : labelled(clipped, label, badMask ? null : box.mask());
  }

  private static boolean hasNoArea(Box box) {
    return box.xMax() <= box.xMin() || box.yMax() <= box.yMin();
  }

  private static Box clipped(Box box, RawAnnotation raw) {
    double right = raw.normalised() ? 1 : raw.width() == 0 ? Double.MAX_VALUE : raw.width();
    double bottom = raw.normalised() ? 1 : raw.height() == 0 ? Double.MAX_VALUE : raw.height();
    return new Box(
        clip(box.xMin(), right),
        clip(box.yMin(), bottom),
        clip(box.xMax(), right),
        clip(box.yMax(), bottom),
        box.label(),
        box.weight(),
        box.crowd(),
        box.difficult(),
        box.area(),
        box.mask());
  }

  private static double clip(double value, double most) {
    return Math.min(Math.max(value, 0), most) + 0.0; // -0 becomes 0
  }

  private static double slip(Box box, Box clipped) {
    double horizontally =
        Math.max(Math.abs(box.xMin() - clipped.xMin()), Math.abs(box.xMax() - clipped.xMax()));
    double vertically =
        Math.max(Math.abs(box.yMin() - clipped.yMin()), Math.abs(box.yMax() - clipped.yMax()));
    return Math.max(horizontally, vertically);
  }

  private static boolean isOfOtherSize(@Nullable RunLengths mask, RawAnnotation raw) {
    return mask != null
        && raw.height() > 0
        && raw.width() > 0
        && (mask.height() != raw.height() || mask.width() != raw.width());
  }

  private static Box labelled(Box box, int label, @Nullable RunLengths mask) {
    boolean stated = Double.isFinite(box.area()) && box.area() >= 0;
    return new Box(
        box.xMin(),
        box.yMin(),
        box.xMax(),
        box.yMax(),
        label,
        box.weight(),
        box.crowd(),
        box.difficult(),
        stated ? box.area() : Double.NaN,
        mask);
  }

  private void add(Mismatch kind, ImageId id, RawBox box, String what) {
    mismatches.add(kind, id + ", " + box.name() + ": " + what);
  }

  private static String corners(Box box) {
    return "from ("
        + box.xMin()
        + ", "
        + box.yMin()
        + ") to ("
        + box.xMax()
        + ", "
        + box.yMax()
        + ")";
  }
}
