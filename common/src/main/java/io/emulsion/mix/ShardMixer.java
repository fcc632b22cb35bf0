package io.emulsion.mix;

import io.emulsion.codec.ImageCodec;
import io.emulsion.pairing.Blocks;
import io.emulsion.pairing.Pair;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.Pairs;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.PixelArrays;
import io.emulsion.sample.Place;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes all samples of one shard of one pass: block by block, in each block view by view, in each
 * view in ring order. Not thread-safe.
 */
public final class ShardMixer implements AutoCloseable {
  private final MixOptions options;
  private final int pass;
  private final int shard;
  private final ImageReader reader;
  private final PixelArrays arrays = new PixelArrays();
  private final Preparer preparer;
  private final PairMixer pairMixer;
  private final StageTimes times;
  private final Iterator<List<ImageReference>> blocks;
  private final int[] positions;
  private final Consumer<BadInput> onBad;

  private List<ImageReference> block = List.of();
  private @Nullable PreparedBlock prepared;
  private @Nullable Pairs pairs;
  private int view;

  /**
   * @param pass whose views are made, from 0
   * @param references all inputs of the shard, in rank order
   * @param codec stays the caller's to close
   * @param times get what each stage took
   * @param onBad told of each input that cannot be used, once
   */
  public ShardMixer(
      MixOptions options,
      int pass,
      int shard,
      List<ImageReference> references,
      ImageReader reader,
      ImageCodec codec,
      StageTimes times,
      Consumer<BadInput> onBad) {
    PairingOptions pairing = options.pairing();
    this.options = options;
    this.pass = pass;
    this.shard = shard;
    this.reader = reader;
    this.preparer =
        new Preparer(options.decode(), options.canvas(), pairing.seed(), codec, arrays, times);
    this.pairMixer = new PairMixer(options, codec, times);
    this.times = times;
    this.onBad = onBad;
    List<List<ImageReference>> blocks = Blocks.of(references, pairing.blockSamples());
    this.blocks = blocks.iterator();
    this.positions = new int[pairing.endView(pass) - pairing.firstView(pass)];
    this.view = pairing.endView(pass) - 1;
    int firstView = pairing.firstView(pass);
    reader.expect(
        blocks.stream()
            .flatMap(of -> Pairs.order(pairing, options.partners(), firstView, of).stream())
            .iterator());
  }

  /** The next sample; null after the last. */
  public @Nullable MixedSample next() throws IOException {
    while (true) {
      if (pairs != null && prepared != null) {
        Pair pair = pairs.next();
        if (pair != null) {
          return pairMixer.mix(nextPlace(), pair, prepared.images(pair));
        }
      }
      if (!startNextView()) {
        return null;
      }
    }
  }

  private Place nextPlace() {
    int position = positions[view - options.pairing().firstView(pass)]++;
    return new Place(view, shard, position);
  }

  /** Whether there was another view of this block, or a next block. */
  private boolean startNextView() {
    PairingOptions pairing = options.pairing();
    if (prepared == null || view + 1 == pairing.endView(pass)) {
      if (prepared != null) {
        prepared.end();
        prepared = null;
      }
      if (!blocks.hasNext()) {
        pairs = null;
        return false;
      }
      block = blocks.next();
      prepared = new PreparedBlock(reader, preparer, arrays, times, cacheBytes(), onBad);
      view = pairing.firstView(pass);
    } else {
      view++;
    }
    prepared.startView(view);
    pairs = Pairs.of(pairing, options.partners(), view, block, prepared::isUsable);
    return true;
  }

  /** A ring of one view wants nothing twice. */
  private long cacheBytes() {
    PartnerOptions partners = options.partners();
    boolean ring =
        partners.scope() == PartnerOptions.Scope.SAMPLE
            && partners.choice() == PartnerOptions.Choice.UNIFORM;
    return ring && positions.length == 1 ? 0 : options.cacheBytes();
  }

  /** Gives back native memory; may be called at any time. */
  @Override
  public void close() {
    pairMixer.close();
  }
}
