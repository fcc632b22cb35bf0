package io.emulsion.pairing;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A view's order of a block. Each sample's partner is the next usable one, the last one's is the
 * first: so each is first once and partner once, and its own partner only when it is alone.
 */
public final class Ring {
  private Ring() {}

  private record Keyed<T>(long key, ImageId id, T sample) {}

  /** The samples of {@code block} in their order in view {@code view}. */
  public static <T> List<T> order(long seed, int view, List<T> block, Function<T, ImageId> idOf) {
    List<Keyed<T>> keyed = new ArrayList<>(block.size());
    for (T sample : block) {
      ImageId id = idOf.apply(sample);
      keyed.add(new Keyed<>(ImageKey.of(seed, Purpose.RING, view, id).first(), id, sample));
    }
    keyed.sort(
        Comparator.<Keyed<T>>comparingLong(k -> k.key() ^ Long.MIN_VALUE) // as unsigned
            .thenComparing(Keyed::id));
    List<T> order = new ArrayList<>(keyed.size());
    for (Keyed<T> k : keyed) {
      order.add(k.sample());
    }
    return order;
  }
}
