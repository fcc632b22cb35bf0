package io.emulsion.pairing;

import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each drawn sample with one of another class: of those the least used so far in this ring, the
 * next among equals; where there is none, with the next of any class. A sample may be partner more
 * than once or never.
 */
final class OtherClassPairs extends SamplePairs {
  /** A drawn sample of the ring, as a partner. */
  private static final class Candidate {
    final ImageReference sample;
    int used;

    Candidate(ImageReference sample) {
      this.sample = sample;
    }
  }

  /** The drawn samples in ring order; bad ones leave when they are found. */
  private final List<Candidate> candidates = new ArrayList<>();

  OtherClassPairs(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    super(pairing, partners, view, block, usable);
    for (ImageReference sample : ring) {
      if (isDrawn(sample.id())) {
        candidates.add(new Candidate(sample));
      }
    }
  }

  @Override
  Pair mixed(ImageReference first) throws IOException {
    while (true) {
      Candidate partner = choose(first);
      if (partner == null) {
        return Pair.unmixed(first);
      }
      if (isUsable(partner.sample)) {
        partner.used++;
        return new Pair(first, partner.sample, first.id());
      }
      candidates.remove(partner);
    }
  }

  /** Null where {@code first} is alone. */
  private @Nullable Candidate choose(ImageReference first) {
    int own = 0;
    while (!candidates.get(own).sample.equals(first)) {
      own++;
    }
    Candidate best = null;
    for (int step = 1; step < candidates.size(); step++) {
      Candidate candidate = candidates.get((own + step) % candidates.size());
      if (candidate.sample.label() != first.label()
          && (best == null || candidate.used < best.used)) {
        best = candidate;
      }
    }
    if (best == null && candidates.size() > 1) {
      return candidates.get((own + 1) % candidates.size());
    }
    return best;
  }
}
