package io.emulsion.blend;

import io.emulsion.sample.Image;

/** What the shapes of two images mean for their mixture. */
final class Shapes {
  private Shapes() {}

  /** {@code image} at the top left of black; itself where nothing is to be added. */
  static Image padded(Image image, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    byte[] rgb = Image.allocate(height, width);
    int rowBytes = image.width() * 3;
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.rgb(), y * rowBytes, rgb, y * width * 3, rowBytes);
    }
    return new Image(height, width, rgb);
  }
}
