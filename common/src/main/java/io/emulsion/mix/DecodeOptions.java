package io.emulsion.mix;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * Which images are read, and how they are turned.
 *
 * @param applyExif whether EXIF orientation turns the pixels
 * @param maxPixels above which an image is not decoded, in {@code [1, 2^30]}
 */
public record DecodeOptions(boolean applyExif, long maxPixels) implements Serializable {
  public DecodeOptions {
    option(
        maxPixels >= 1 && maxPixels <= 1 << 30,
        "image.max-pixels must be from 1 to %s, but is %s",
        1 << 30,
        maxPixels);
  }
}
