package io.emulsion.spark.verify;

import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In a view an image is first of one record and partner of another: both must show the same boxes
 * of it, with weights that are lambda or {@code 1 - lambda} times the same. Not thread-safe.
 */
final class SameBoxes {
  /** Pixels: more than float32 shares of the longest side lose. */
  private static final double CORNER_TOLERANCE = 0.01;

  /** Of float32 numbers and quotients of them. */
  private static final double RELATIVE_TOLERANCE = 1e-5;

  /**
   * An image's boxes in a record.
   *
   * @param share of the image in the record
   */
  private record Shown(String key, double share, List<Box> boxes) {}

  private final Map<ImageId, Shown> firsts = new LinkedHashMap<>();
  private final Map<ImageId, Shown> partners = new LinkedHashMap<>();

  void add(MixedSample sample) {
    firsts.put(sample.first(), shown(sample, 0, sample.lambda()));
    if (!sample.partner().equals(sample.first())) {
      partners.put(sample.partner(), shown(sample, 1, 1 - sample.lambda()));
    }
  }

  private static Shown shown(MixedSample sample, int source, double share) {
    List<Box> boxes =
        sample.boxes().stream()
            .filter(mixed -> mixed.source() == source)
            .map(MixedBox::box)
            .toList();
    return new Shown(sample.place().key(), share, boxes);
  }

  /** What is wrong with the first image whose boxes differ; null if none do. */
  @Nullable String damage() {
    for (Map.Entry<ImageId, Shown> partner : partners.entrySet()) {
      Shown first = firsts.get(partner.getKey());
      if (first != null && !areSame(first, partner.getValue())) {
        return String.format(
            "record %s has other boxes of '%s' than record %s, or other shares of their weights",
            partner.getValue().key(), partner.getKey(), first.key());
      }
    }
    return null;
  }

  private static boolean areSame(Shown first, Shown partner) {
    boolean same = first.boxes().size() == partner.boxes().size();
    // Of a share of 0 the weight in the source cannot be told.
    boolean weighed = first.share() > 0 && partner.share() > 0;
    for (int i = 0; same && i < first.boxes().size(); i++) {
      Box a = first.boxes().get(i);
      Box b = partner.boxes().get(i);
      same = areSame(a, b) && (!weighed || areClose(a.weight(), b.weight(), RELATIVE_TOLERANCE));
    }
    return same;
  }

  private static boolean areSame(Box a, Box b) {
    return a.label() == b.label()
        && a.crowd() == b.crowd()
        && a.difficult() == b.difficult()
        && areClose(a.xMin(), b.xMin(), CORNER_TOLERANCE)
        && areClose(a.yMin(), b.yMin(), CORNER_TOLERANCE)
        && areClose(a.xMax(), b.xMax(), CORNER_TOLERANCE)
        && areClose(a.yMax(), b.yMax(), CORNER_TOLERANCE)
        && areClose(a.area(), b.area(), Math.abs(a.area()) * RELATIVE_TOLERANCE);
  }

  private static boolean areClose(double a, double b, double tolerance) {
    return Math.abs(a - b) <= tolerance;
  }
}
