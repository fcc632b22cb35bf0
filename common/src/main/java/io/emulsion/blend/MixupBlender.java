package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.natives.NativePixels;
import io.emulsion.natives.OpenCv;
import io.emulsion.sample.Image;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Mixup: {@code lambda * first + (1 - lambda) * partner}, each value rounded half to even. Images
 * of unequal sizes share a canvas of the larger height and the larger width, both at its top left,
 * so that no box moves (GluonCV's MixupDetection, Zhang et al. 2019); a pixel that an image does
 * not have counts as 0.
 *
 * <p>By OpenCV's addWeighted, which computes in {@code float32}: products and sum are whole numbers
 * of 65536ths below 2^24, so they are exact in any order, with or without fused operations, and
 * rounding is the only step that could differ.
 */
public final class MixupBlender implements Blender<NativePixels> {
  private final NativePixels mixed;

  /** The two images of the last pair: the partner is most often the next first. */
  private final NativePixels[] held;

  private final @Nullable Image[] images = new Image[2];

  public MixupBlender() {
    OpenCv.load();
    this.mixed = new NativePixels();
    this.held = new NativePixels[] {new NativePixels(), new NativePixels()};
  }

  @Override
  public Blend<NativePixels> blend(Image first, Image partner, Lambda lambda) {
    NativePixels a = hold(first, partner);
    if (first == partner) {
      return new Blend<>(a, lambda); // whatever lambda is
    }
    NativePixels b = hold(partner, first);
    mixed.reshape(
        Math.max(first.height(), partner.height()), Math.max(first.width(), partner.width()));
    if (first.height() == partner.height() && first.width() == partner.width()) {
      add(a.mat(), lambda.weight(), b.mat(), mixed.mat());
    } else {
      blendOnCanvas(a.mat(), b.mat(), lambda.weight());
    }
    return new Blend<>(mixed, lambda);
  }

  /** Where {@code image} is in native memory, without giving up {@code other}. */
  private NativePixels hold(Image image, Image other) {
    int slot = image == images[0] || (image != images[1] && other != images[0]) ? 0 : 1;
    if (images[slot] != image) {
      held[slot].put(image);
      images[slot] = image;
    }
    return held[slot];
  }

  /**
   * @param weight of {@code first}, in 65536ths; {@code partner} has the rest
   */
  private static void add(Mat first, int weight, Mat partner, Mat target) {
    opencv_core.addWeighted(first, share(weight), partner, share(Lambda.ONE - weight), 0, target);
  }

  private static double share(int weight) {
    return weight / (double) Lambda.ONE;
  }

  private void blendOnCanvas(Mat first, Mat partner, int weight) {
    try (Scalar black = new Scalar(0)) {
      mixed.mat().put(black);
    }
    int height = Math.min(first.rows(), partner.rows());
    int width = Math.min(first.cols(), partner.cols());
    try (Rect common = new Rect(0, 0, width, height);
        Mat a = new Mat(first, common);
        Mat b = new Mat(partner, common);
        Mat target = new Mat(mixed.mat(), common)) {
      add(a, weight, b, target);
    }
    scaleOutside(first, width, height, weight);
    scaleOutside(partner, width, height, Lambda.ONE - weight);
  }

  /** Mixes what of an image lies beside and below {@code [height, width]} with black. */
  private void scaleOutside(Mat image, int width, int height, int weight) {
    scale(image, width, 0, image.cols() - width, height, weight);
    scale(image, 0, height, image.cols(), image.rows() - height, weight);
  }

  private void scale(Mat image, int x, int y, int width, int height, int weight) {
    if (width == 0 || height == 0) {
      return;
    }
    try (Rect part = new Rect(x, y, width, height);
        Mat source = new Mat(image, part);
        Mat target = new Mat(mixed.mat(), part)) {
      opencv_core.addWeighted(source, share(weight), source, 0, 0, target);
    }
  }

  @Override
  public void close() {
    mixed.close();
    for (NativePixels pixels : held) {
      pixels.close();
    }
  }
}
