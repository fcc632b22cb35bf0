package io.emulsion.mix;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * Which images are read, and how they are turned.
 *
 * @param applyExif whether EXIF orientation turns the pixels
 * @param maxPixels above which an image is not decoded, in {@code [1, 2^30 - 1]}
 * @param strict whether a JPEG that decoders only warn about is bad
 */
public record DecodeOptions(boolean applyExif, long maxPixels, boolean strict)
    implements Serializable {
  private static final long MOST_PIXELS = (1L << 30) - 1; // OpenCV takes 2^30 at the most

  public DecodeOptions {
    option(
        maxPixels >= 1 && maxPixels <= MOST_PIXELS,
        "image.max-pixels must be from 1 to %s, but is %s",
        MOST_PIXELS,
        maxPixels);
  }
}
