package io.emulsion.pairing;

import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Mixup as the paper's code has it: the ring is cut into batches, each paired with a permutation of
 * itself under one lambda. A sample may meet itself; it then keeps the batch's lambda.
 */
final class BatchPairs extends Pairs {
  private final Iterator<List<ImageReference>> batches;
  private final Queue<Pair> ready = new ArrayDeque<>();

  BatchPairs(
      PairingOptions pairing,
      PartnerOptions partners,
      int view,
      List<ImageReference> block,
      Usable usable) {
    super(pairing, partners, view, block, usable);
    // Bad samples still count here, so that one more bad image does not move all borders.
    this.batches = Blocks.of(ring, partners.batchSamples()).iterator();
  }

  @Override
  public @Nullable Pair next() throws IOException {
    while (ready.isEmpty() && batches.hasNext()) {
      pair(usableOf(batches.next()));
    }
    return ready.poll();
  }

  private List<ImageReference> usableOf(List<ImageReference> batch) throws IOException {
    List<ImageReference> usable = new ArrayList<>(batch.size());
    for (ImageReference sample : batch) {
      if (isUsable(sample)) {
        usable.add(sample);
      }
    }
    return usable;
  }

  private void pair(List<ImageReference> batch) {
    if (batch.size() < 2 || !isDrawn(batch.get(0).id())) {
      batch.forEach(sample -> ready.add(Pair.unmixed(sample)));
      return;
    }
    List<ImageReference> permuted = Ring.order(batch, sample -> key(Purpose.PERMUTE, sample.id()));
    for (int i = 0; i < batch.size(); i++) {
      ready.add(new Pair(batch.get(i), permuted.get(i), batch.get(0).id()));
    }
  }
}
