package io.emulsion.shard;

import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import java.util.List;
import java.util.Optional;

/**
 * What record formats store of boxes, and what their readers ask of them. Masks are stored by no
 * record format; a box's weight in its source is not stored either, but follows from its weight.
 */
public final class StoredBox {
  /** More than rounding a weight to float32 makes of the quotient with its share. */
  private static final double TOLERANCE = 1e-6;

  private StoredBox() {}

  /** The area of a box as it is stored: the source's, or where that has none the rectangle's. */
  public static double area(Box box) {
    return Double.isNaN(box.area())
        ? (box.xMax() - box.xMin()) * (box.yMax() - box.yMin())
        : box.area();
  }

  /**
   * A box as it was read.
   *
   * @param lambda of its record
   */
  public static MixedBox read(
      double xMin,
      double yMin,
      double xMax,
      double yMax,
      int label,
      double weight,
      int source,
      boolean crowd,
      boolean difficult,
      double area,
      double lambda) {
    double share = source == 0 ? lambda : 1 - lambda;
    double own = share == 0 ? 1 : Math.min(1, weight / share);
    Box box = new Box(xMin, yMin, xMax, yMax, label, own, crowd, difficult, area, null);
    return new MixedBox(box, weight, source);
  }

  /**
   * What is wrong with the boxes of a record that was read, to be said of them: {@code box 2 has
   * weight 0.75, more than the 0.5 of its image}; empty if nothing is.
   */
  public static Optional<String> complaint(MixedSample sample) {
    List<MixedBox> boxes = sample.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      Optional<String> complaint = complaint(boxes.get(i), sample);
      if (complaint.isPresent()) {
        return Optional.of("box " + i + " " + complaint.get());
      }
      if (i > 0 && boxes.get(i).source() < boxes.get(i - 1).source()) {
        return Optional.of("box " + i + " of the first image stands behind one of the partner");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> complaint(MixedBox mixed, MixedSample sample) {
    Box box = mixed.box();
    double share = mixed.source() == 0 ? sample.lambda() : 1 - sample.lambda();
    if (!Double.isFinite(box.xMin() + box.yMin() + box.xMax() + box.yMax() + box.area())) {
      return Optional.of("has a number that is none");
    }
    if (mixed.source() == 1 && sample.partner().equals(sample.first())) {
      return Optional.of("is of a partner, but the sample has none");
    }
    if (!(mixed.weight() >= 0 && mixed.weight() <= share * (1 + TOLERANCE))) {
      return Optional.of(
          "has weight " + mixed.weight() + ", more than the " + share + " of its image");
    }
    return Optional.empty();
  }
}
