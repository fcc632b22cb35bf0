package io.emulsion.mix;

import io.emulsion.mix.PairMixer.Prepared;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Walks a ring: each usable sample with the next usable one, the last with the first. Holds three
 * prepared images: the two of the pair, and the ring's first, which is wanted again at its end.
 */
final class ViewOfBlock {
  /** A sample and its partner, which is the sample itself where it is alone. */
  record PreparedPair(Prepared first, Prepared partner) {}

  private final Iterator<ImageReference> ring;
  private final PreparedBlock block;
  private @Nullable Prepared start;
  private @Nullable Prepared next;

  ViewOfBlock(Iterable<ImageReference> ring, PreparedBlock block) {
    this.ring = ring.iterator();
    this.block = block;
  }

  /** The next pair; null after the last. */
  @Nullable PreparedPair nextPair() throws IOException {
    Prepared first = start == null ? nextUsable() : next;
    if (first == null) {
      return null;
    }
    if (start == null) {
      start = first;
    }
    next = nextUsable();
    return new PreparedPair(first, next == null ? start : next);
  }

  private @Nullable Prepared nextUsable() throws IOException {
    while (ring.hasNext()) {
      ImageReference reference = ring.next();
      Image image = block.load(reference);
      if (image != null) {
        return new Prepared(reference, image);
      }
    }
    return null;
  }
}
