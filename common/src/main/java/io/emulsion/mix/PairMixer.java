package io.emulsion.mix;

import io.emulsion.blend.Blend;
import io.emulsion.blend.Blender;
import io.emulsion.blend.MixupBlender;
import io.emulsion.codec.ImageCodec;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.pairing.Pair;
import io.emulsion.sample.Image;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;

/** One pair and its prepared images in, one mixed sample out. Not thread-safe. */
final class PairMixer {
  private final MixOptions options;
  private final LambdaDraws lambdas;
  private final Blender blender = new MixupBlender();
  private final ImageCodec codec;
  private final StageTimes times;

  PairMixer(MixOptions options, ImageCodec codec, StageTimes times) {
    this.options = options;
    this.lambdas = new LambdaDraws(options.pairing().seed(), options.lambda());
    this.codec = codec;
    this.times = times;
  }

  /**
   * @param first pixels of the pair's first
   * @param partner pixels of its partner
   */
  MixedSample mix(Place place, Pair pair, Image first, Image partner) {
    long started = System.nanoTime();
    Lambda lambda =
        pair.drawnBy() == null ? Lambda.UNMIXED : lambdas.lambda(place.view(), pair.drawnBy());
    Blend blend =
        first == partner ? new Blend(first, lambda) : blender.blend(first, partner, lambda);
    started = times.add(Stage.BLEND, started);
    byte[] encoded = codec.encode(blend.image(), options.encoding());
    times.add(Stage.ENCODE, started);
    return new MixedSample(
        place,
        encoded,
        blend.image().height(),
        blend.image().width(),
        pair.first().label(),
        pair.partner().label(),
        blend.lambda().value(),
        pair.first().id(),
        pair.partner().id());
  }
}
