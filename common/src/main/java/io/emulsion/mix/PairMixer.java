package io.emulsion.mix;

import io.emulsion.blend.Blend;
import io.emulsion.codec.ImageCodec;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.LabelMerger;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.pairing.Pair;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;

/** One pair and its prepared images in, one mixed sample out. Not thread-safe. */
final class PairMixer implements AutoCloseable {
  private final LambdaDraws lambdas;
  private final PairEncoder<?> encoder;
  private final LabelMerger labels;
  private final BoxMerger boxes;
  private final long maxPixels;

  PairMixer(MixOptions options, ImageCodec codec, StageTimes times) {
    this.lambdas = new LambdaDraws(options.pairing().seed(), options.lambda());
    this.encoder = PairEncoder.of(options, codec, times);
    this.labels = LabelMerger.of(options.label(), options.classes());
    this.boxes = new BoxMerger(options.label().minWeight());
    this.maxPixels =
        Math.max(
            options.decode().maxPixels(),
            (long) options.canvas().height() * options.canvas().width());
  }

  /**
   * @param images of the pair
   * @throws EmulsionException (usage) if the canvas of both would be too large
   */
  MixedSample mix(Place place, Pair pair, PreparedPair images) {
    Prepared first = images.first();
    Prepared partner = images.partner();
    int height = Math.max(first.image().height(), partner.image().height());
    int width = Math.max(first.image().width(), partner.image().width());
    checkCanvas(pair, height, width);
    Lambda wanted =
        pair.drawnBy() == null ? Lambda.UNMIXED : lambdas.lambda(place.view(), pair.drawnBy());
    Blend<byte[]> encoded = encoder.encode(first.image(), partner.image(), wanted);
    int labelA = pair.first().label();
    int labelB = pair.partner().label();
    double lambda = encoded.lambda().value();
    return new MixedSample(
        place,
        encoded.mixed(),
        height,
        width,
        labelA,
        labelB,
        lambda,
        pair.first().id(),
        pair.partner().id(),
        labels.soft(labelA, labelB, lambda),
        pair.drawnBy() == null
            ? boxes.unmixed(first.boxes())
            : boxes.mixed(first.boxes(), partner.boxes(), lambda, height, width));
  }

  private void checkCanvas(Pair pair, int height, int width) {
    if ((long) height * width > maxPixels) {
      throw EmulsionException.usage(
          "The canvas of '%s' and '%s' would have %d x %d pixels, more than image.max-pixels %d:"
              + " raise that, leave the longer one out, or set image.resize to letterbox",
          pair.first().id(), pair.partner().id(), height, width, maxPixels);
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
