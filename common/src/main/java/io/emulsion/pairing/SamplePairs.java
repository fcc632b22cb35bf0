package io.emulsion.pairing;

import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pairs with a draw for each sample: the drawn ones are mixed, the others stay as they are. */
abstract class SamplePairs extends Pairs {
  /** Number of samples of the ring that had their turn as first. */
  int at;

  SamplePairs(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    super(pairing, partners, view, block, usable);
  }

  @Override
  public final @Nullable Pair next() throws IOException {
    while (at < ring.size()) {
      ImageReference first = ring.get(at++);
      if (isUsable(first)) {
        return isDrawn(first.id()) ? mixed(first) : Pair.unmixed(first);
      }
    }
    return null;
  }

  /** The pair of a usable and drawn sample. */
  abstract Pair mixed(ImageReference first) throws IOException;
}
