package io.emulsion.mix;

import io.emulsion.canvas.Masks;
import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.RunLengths;
import java.util.ArrayList;
import java.util.List;

/**
 * The boxes of a mixed image: those of both, where they were, each with its image's share; all but
 * those that weigh too little.
 */
final class BoxMerger {
  private final double minWeight;

  /**
   * @param minWeight boxes that weigh less are left out
   */
  BoxMerger(double minWeight) {
    this.minWeight = minWeight;
  }

  /** Of a sample that is not mixed: its own, once. */
  List<MixedBox> unmixed(List<Box> boxes) {
    return heavyEnough(boxes.stream().map(box -> new MixedBox(box, box.weight(), 0)).toList());
  }

  /**
   * The first's boxes with weight {@code lambda}, then the partner's with {@code 1 - lambda}, each
   * times the weight it had.
   *
   * @param lambda the effective one
   * @param height of the mixed image, to which masks are padded
   * @param width of the mixed image
   */
  List<MixedBox> mixed(List<Box> first, List<Box> partner, double lambda, int height, int width) {
    if (first.isEmpty() && partner.isEmpty()) {
      return List.of();
    }
    List<MixedBox> mixed = new ArrayList<>(first.size() + partner.size());
    first.forEach(box -> mixed.add(mixed(box, lambda, 0, height, width)));
    partner.forEach(box -> mixed.add(mixed(box, 1 - lambda, 1, height, width)));
    return heavyEnough(mixed);
  }

  private List<MixedBox> heavyEnough(List<MixedBox> boxes) {
    return boxes.stream().filter(box -> box.weight() >= minWeight).toList();
  }

  private static MixedBox mixed(Box box, double share, int source, int height, int width) {
    RunLengths mask = box.mask();
    Box placed =
        mask == null
            ? box
            : box.at(
                box.xMin(),
                box.yMin(),
                box.xMax(),
                box.yMax(),
                box.area(),
                Masks.padded(mask, height, width));
    return new MixedBox(placed, share * box.weight(), source);
  }
}
