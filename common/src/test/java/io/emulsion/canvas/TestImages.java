package io.emulsion.canvas;

import io.emulsion.sample.Image;
import java.util.Arrays;
import java.util.Random;

/** Images, and differences of images, for the tests of this package. */
final class TestImages {
  private TestImages() {}

  static Image noise(int height, int width) {
    byte[] rgb = Image.allocate(height, width);
    new Random(31L * height + width).nextBytes(rgb);
    return new Image(height, width, rgb);
  }

  static byte[] pixels(Image image) {
    return Arrays.copyOf(image.rgb(), image.sizeBytes());
  }

  /** A part of an image, without any resize. */
  static Image cut(Image image, Window window) {
    byte[] rgb = Image.allocate(window.height(), window.width());
    for (int y = 0; y < window.height(); y++) {
      int from = ((window.top() + y) * image.width() + window.left()) * 3;
      System.arraycopy(image.rgb(), from, rgb, y * window.width() * 3, window.width() * 3);
    }
    return new Image(window.height(), window.width(), rgb);
  }

  /** The largest difference of two values at one place. */
  static int largestDifference(Image image, byte[] expected) {
    int most = 0;
    for (int i = 0; i < image.sizeBytes(); i++) {
      most = Math.max(most, Math.abs((image.rgb()[i] & 0xFF) - (expected[i] & 0xFF)));
    }
    return most;
  }
}
