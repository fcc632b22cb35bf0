package io.emulsion.codec;

import io.emulsion.codec.BadImageException.Reason;

/**
 * What the markers or chunks of an image tell, checked in Java before native code sees any of them.
 *
 * @param height as stored, before any EXIF turn
 * @param width as stored
 * @param orientation EXIF orientation, 1 to 8; 1 where there is none or an illegal one
 */
public record ImageHeader(ImageFormat format, int height, int width, int orientation) {
  /** Most pixels unless told otherwise: Pillow's MAX_IMAGE_PIXELS. */
  public static final long DEFAULT_MAX_PIXELS = 89_478_485;

  /** Longest file that is an image; of a longer one no more need be read than one byte more. */
  public static final int MAX_SIZE_BYTES = 64 << 20;

  private static final int MAX_SIDE = 65_500;

  /**
   * Walks through all markers or chunks of a whole file, in time linear in its length.
   *
   * @param maxPixels most pixels, {@code height * width}, that are accepted
   * @throws BadImageException if the bytes are no JPEG or PNG that can be decoded, are damaged or
   *     cut, or would cost too much to decode
   */
  public static ImageHeader check(byte[] bytes, long maxPixels) throws BadImageException {
    if (bytes.length == 0) {
      throw new BadImageException(Reason.EMPTY, "Holds no bytes");
    }
    if (bytes.length > MAX_SIZE_BYTES) {
      throw new BadImageException(
          Reason.TOO_LARGE, "More than " + MAX_SIZE_BYTES + " bytes, the most that are read");
    }
    if (JpegWalk.isJpeg(bytes)) {
      return new JpegWalk(bytes, maxPixels).header();
    }
    if (PngWalk.isPng(bytes)) {
      return new PngWalk(bytes, maxPixels).header();
    }
    throw new BadImageException(Reason.UNSUPPORTED_FORMAT, "Neither JPEG nor PNG by its content");
  }

  /** Height after the EXIF turn. */
  public int uprightHeight() {
    return orientation >= 5 ? width : height;
  }

  /** Width after the EXIF turn. */
  public int uprightWidth() {
    return orientation >= 5 ? height : width;
  }

  static void checkSize(long height, long width, long maxPixels) throws BadImageException {
    if (height == 0 || width == 0) {
      throw new BadImageException(Reason.CORRUPT, "Claims " + height + " x " + width + " pixels");
    }
    if (height > MAX_SIDE || width > MAX_SIDE) {
      throw new BadImageException(
          Reason.TOO_LARGE,
          height + " x " + width + " pixels; a side may have at most " + MAX_SIDE);
    }
    if (height * width > maxPixels) {
      throw new BadImageException(
          Reason.TOO_LARGE,
          height + " x " + width + " pixels; image.max-pixels allows " + maxPixels);
    }
  }
}
