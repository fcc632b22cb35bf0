package io.emulsion.pairing;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Orders samples by keys. */
public final class Ring {
  private Ring() {}

  private record Keyed(long key, ImageId id, ImageReference sample) {}

  /** A view's order of a block: by the first half of each sample's key, unsigned, ties by id. */
  public static List<ImageReference> order(long seed, int view, List<ImageReference> block) {
    return order(block, sample -> ImageKey.of(seed, Purpose.RING, view, sample.id()));
  }

  /** The same by any key. */
  static List<ImageReference> order(
      List<ImageReference> samples, Function<ImageReference, ImageKey> keyOf) {
    List<Keyed> keyed = new ArrayList<>(samples.size());
    for (ImageReference sample : samples) {
      keyed.add(new Keyed(keyOf.apply(sample).first(), sample.id(), sample));
    }
    keyed.sort(Comparator.comparing(Keyed::key, Long::compareUnsigned).thenComparing(Keyed::id));
    List<ImageReference> order = new ArrayList<>(keyed.size());
    for (Keyed k : keyed) {
      order.add(k.sample());
    }
    return order;
  }
}
