package io.emulsion.sample;

import java.util.List;

/**
 * One record of a view: the encoded mixed image, both labels, and where it came from.
 *
 * @param place where the record stands in the data set
 * @param image the encoded image
 * @param height of the image in pixels
 * @param width of the image in pixels
 * @param labelA class index of the first image, from 0
 * @param labelB class index of the partner, from 0
 * @param lambda share of the first image in {@code [0, 1]}, a multiple of 1/65536
 * @param first the first image's id
 * @param partner the partner's id; the first's own where the sample is not mixed
 * @param soft the share of each class, in the order of their numbers; empty where not asked for
 * @param boxes of both images, the first's in front; of an unmixed sample once; none in
 *     classification
 */
@SuppressWarnings("ArrayRecordComponent") // samples are never compared
public record MixedSample(
    Place place,
    byte[] image,
    int height,
    int width,
    int labelA,
    int labelB,
    double lambda,
    ImageId first,
    ImageId partner,
    float[] soft,
    List<MixedBox> boxes) {

  /** A sample of a classification. */
  public MixedSample(
      Place place,
      byte[] image,
      int height,
      int width,
      int labelA,
      int labelB,
      double lambda,
      ImageId first,
      ImageId partner,
      float[] soft) {
    this(place, image, height, width, labelA, labelB, lambda, first, partner, soft, List.of());
  }

  /** Class index of the heavier image; on a tie the first's. */
  public int label() {
    return lambda >= 0.5 ? labelA : labelB;
  }
}
