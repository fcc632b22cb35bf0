package io.emulsion.canvas;

import io.emulsion.sample.Image;

/** Pillow's BILINEAR in double precision: horizontally, rounded to bytes, then vertically. */
final class ReferenceResize {
  private ReferenceResize() {}

  static byte[] bilinear(Image image, int height, int width) {
    byte[] wide = new byte[image.height() * width * 3];
    for (int x = 0; x < width; x++) {
      double[] weights = weights(image.width(), width, x);
      for (int y = 0; y < image.height(); y++) {
        for (int channel = 0; channel < 3; channel++) {
          int from = y * image.width() * 3 + channel;
          wide[(y * width + x) * 3 + channel] = sum(image.rgb(), from, 3, weights);
        }
      }
    }
    byte[] result = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      double[] weights = weights(image.height(), height, y);
      for (int i = 0; i < width * 3; i++) {
        result[y * width * 3 + i] = sum(wide, i, width * 3, weights);
      }
    }
    return result;
  }

  private static byte sum(byte[] values, int from, int step, double[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        sum += weights[i] * (values[from + i * step] & 0xFF);
      }
    }
    return (byte) Math.floor(sum + 0.5);
  }

  /** The weight of every source line in target line {@code line}. */
  private static double[] weights(int source, int target, int line) {
    double scale = (double) source / target;
    double support = Math.max(scale, 1);
    double[] weights = new double[source];
    double sum = 0;
    for (int i = 0; i < source; i++) {
      weights[i] = Math.max(0, 1 - Math.abs(i + 0.5 - (line + 0.5) * scale) / support);
      sum += weights[i];
    }
    for (int i = 0; i < source; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
