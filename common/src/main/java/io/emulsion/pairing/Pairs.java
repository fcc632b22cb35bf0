package io.emulsion.pairing;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of one view of a block, in the order of its records, which is the ring's. They depend
 * on ids, classes and usability alone. Not thread-safe.
 */
public abstract class Pairs {
  /** Whether a sample can be used; the same answer however often it is asked. */
  public interface Usable {
    boolean test(ImageReference sample) throws IOException;
  }

  private final long seed;
  private final int view;
  private final double probability;
  private final Usable usable;

  /** The block in ring order. */
  final List<ImageReference> ring;

  Pairs(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    this.seed = pairing.seed();
    this.view = view;
    this.probability =
        view >= pairing.views() - partners.unmixedViews() ? 0 : partners.probability();
    this.usable = usable;
    this.ring = Ring.order(seed, view, block);
  }

  /**
   * @param block consecutive samples of a shard in rank order, bad ones included
   * @param usable asked of a sample no earlier than it is wanted
   */
  public static Pairs of(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    if (partners.scope() == PartnerOptions.Scope.BATCH) {
      return new BatchPairs(pairing, partners, view, block, usable);
    }
    return switch (partners.choice()) {
      case UNIFORM -> new RingPairs(pairing, partners, view, block, usable);
      case OTHER_CLASS -> new OtherClassPairs(pairing, partners, view, block, usable);
    };
  }

  /** In which order a view asks for the samples of a block first, if all of them can be used. */
  public static Collection<ImageReference> order(
      PairingOptions pairing, PartnerOptions partners, int view, List<ImageReference> block) {
    Map<ImageId, ImageReference> order = new LinkedHashMap<>();
    Usable usable =
        sample -> {
          order.putIfAbsent(sample.id(), sample);
          return true;
        };
    Pairs pairs = of(pairing, partners, view, block, usable);
    try {
      Pair pair = pairs.next();
      while (pair != null) {
        pair = pairs.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only Usable reads
    }
    return order.values();
  }

  /** The next pair; null after the last. */
  public abstract @Nullable Pair next() throws IOException;

  final boolean isUsable(ImageReference sample) throws IOException {
    return usable.test(sample);
  }

  /** Whether {@code id} is drawn to be mixed in this view. */
  final boolean isDrawn(ImageId id) {
    if (probability == 0 || probability == 1) {
      return probability == 1;
    }
    return key(Purpose.PROBABILITY, id).random().nextDouble() < probability;
  }

  final ImageKey key(Purpose purpose, ImageId id) {
    return ImageKey.of(seed, purpose, view, id);
  }
}
