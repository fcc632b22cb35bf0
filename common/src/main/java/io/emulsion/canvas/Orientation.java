package io.emulsion.canvas;

import io.emulsion.sample.Image;

/** Turns stored pixels upright: EXIF 2.32, section 4.6.4, tag Orientation. */
public final class Orientation {
  /** Of an image that is stored as it is to be seen. */
  public static final int UPRIGHT = 1;

  /** Of an image that is stored with left and right exchanged. */
  static final int MIRRORED = 2;

  private Orientation() {}

  /** Whether the upright image is as wide as the stored one is high. */
  public static boolean swapsSides(int orientation) {
    return orientation >= 5;
  }

  /**
   * The image as it is to be seen; the same object where nothing turns.
   *
   * @param orientation EXIF orientation, 1 to 8
   */
  public static Image upright(Image image, int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("No EXIF orientation: " + orientation);
    }
    if (orientation == UPRIGHT) {
      return image;
    }
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    int pitch = image.width() * 3;
    int rowStep = fromBottom ? -pitch : pitch;
    int columnStep = fromRight ? -3 : 3;
    int start = (fromBottom ? (image.height() - 1) * pitch : 0) + (fromRight ? pitch - 3 : 0);
    byte[] stored = image.kept().rgb();
    return swapsSides(orientation)
        ? read(stored, start, columnStep, rowStep, image.width(), image.height())
        : read(stored, start, rowStep, columnStep, image.height(), image.width());
  }

  /** The image whose pixel (y, x) is the one at {@code start + y * down + x * right}. */
  private static Image read(byte[] from, int start, int down, int right, int height, int width) {
    byte[] to = Image.allocate(height, width);
    int at = 0;
    for (int y = 0; y < height; y++) {
      int source = start + y * down;
      for (int x = 0; x < width; x++, at += 3, source += right) {
        to[at] = from[source];
        to[at + 1] = from[source + 1];
        to[at + 2] = from[source + 2];
      }
    }
    return new Image(height, width, to);
  }
}
