package io.emulsion.pairing;

import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each drawn sample with the next usable drawn one, the last with the first: so each is first once
 * and partner once, and its own partner never while two are usable. Asks for a sample only when it
 * is its turn as first or as partner, so that few images need be held.
 */
final class RingPairs extends SamplePairs {
  private @Nullable ImageReference start;

  RingPairs(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    super(pairing, partners, view, block, usable);
  }

  @Override
  Pair mixed(ImageReference first) throws IOException {
    if (start == null) {
      start = first;
    }
    ImageReference partner = nextDrawn();
    if (partner == null) {
      partner = start;
    }
    return partner.equals(first) ? Pair.unmixed(first) : new Pair(first, partner, first.id());
  }

  private @Nullable ImageReference nextDrawn() throws IOException {
    for (int i = at; i < ring.size(); i++) {
      ImageReference sample = ring.get(i);
      if (isDrawn(sample.id()) && isUsable(sample)) {
        return sample;
      }
    }
    return null;
  }
}
