package io.emulsion.mix;

import io.emulsion.blend.Blend;
import io.emulsion.blend.Blender;
import io.emulsion.blend.MixupBlender;
import io.emulsion.codec.ImageCodec;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaSampler;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;

/** One pair of prepared images in, one mixed sample out. Not thread-safe. */
final class PairMixer {
  /** An input and its pixels. */
  record Prepared(ImageReference reference, Image image) {
    ImageId id() {
      return reference.id();
    }
  }

  private final MixOptions options;
  private final LambdaSampler lambdas;
  private final Blender blender = new MixupBlender();
  private final ImageCodec codec;
  private final StageTimes times;

  PairMixer(MixOptions options, ImageCodec codec, StageTimes times) {
    this.options = options;
    this.lambdas = options.lambda().sampler();
    this.codec = codec;
    this.times = times;
  }

  /** Mixes {@code first} with {@code partner}; with itself it stays as it is, at lambda 1. */
  MixedSample mix(Place place, Prepared first, Prepared partner) {
    long started = System.nanoTime();
    Blend blend =
        first.id().equals(partner.id())
            ? new Blend(first.image(), Lambda.UNMIXED)
            : blender.blend(first.image(), partner.image(), lambda(place.view(), first.id()));
    started = times.add(Stage.BLEND, started);
    byte[] encoded = codec.encode(blend.image(), options.encoding());
    times.add(Stage.ENCODE, started);
    return new MixedSample(
        place,
        encoded,
        blend.image().height(),
        blend.image().width(),
        first.reference().label(),
        partner.reference().label(),
        blend.lambda().value(),
        first.id(),
        partner.id());
  }

  private Lambda lambda(int view, ImageId first) {
    long seed = options.pairing().seed();
    return Lambda.round(lambdas.sample(ImageKey.of(seed, Purpose.LAMBDA, view, first).random()));
  }
}
