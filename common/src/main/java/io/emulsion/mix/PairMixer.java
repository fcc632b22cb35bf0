package io.emulsion.mix;

import io.emulsion.blend.Blend;
import io.emulsion.codec.ImageCodec;
import io.emulsion.label.LabelMerger;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.pairing.Pair;
import io.emulsion.sample.Image;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;

/** One pair and its prepared images in, one mixed sample out. Not thread-safe. */
final class PairMixer {
  private final LambdaDraws lambdas;
  private final PairEncoder<?> encoder;
  private final LabelMerger labels;

  PairMixer(MixOptions options, ImageCodec codec, StageTimes times) {
    this.lambdas = new LambdaDraws(options.pairing().seed(), options.lambda());
    this.encoder = PairEncoder.of(options, codec, times);
    this.labels = LabelMerger.of(options.label(), options.classes());
  }

  /**
   * @param first pixels of the pair's first
   * @param partner pixels of its partner
   */
  MixedSample mix(Place place, Pair pair, Image first, Image partner) {
    Lambda wanted =
        pair.drawnBy() == null ? Lambda.UNMIXED : lambdas.lambda(place.view(), pair.drawnBy());
    Blend<byte[]> encoded = encoder.encode(first, partner, wanted);
    int labelA = pair.first().label();
    int labelB = pair.partner().label();
    double lambda = encoded.lambda().value();
    return new MixedSample(
        place,
        encoded.mixed(),
        first.height(),
        first.width(),
        labelA,
        labelB,
        lambda,
        pair.first().id(),
        pair.partner().id(),
        labels.soft(labelA, labelB, lambda));
  }
}
