package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * How image files are decoded.
 *
 * @param applyExif whether the EXIF orientation is applied
 * @param maxPixels height times width above which an image is unusable, in {@code [1, 2^30 - 1]}
 */
public record DecodeOptions(boolean applyExif, long maxPixels) implements Serializable {
  private static final long MOST_PIXELS = (1L << 30) - 1; // OpenCV's own limit is 2^30

  public DecodeOptions {
    option(
        maxPixels >= 1 && maxPixels <= MOST_PIXELS,
        "image.max-pixels must be from 1 to %s, but is %s",
        MOST_PIXELS,
        maxPixels);
  }
}
