package io.emulsion.codec;

import io.emulsion.natives.NativePixels;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;

/** Turns bytes into pixels and back. Not thread-safe: one for each task; holds native buffers. */
public interface ImageCodec extends AutoCloseable {
  /** Decodes over black, to an image that stays. */
  default Image decode(byte[] bytes, ImageHeader header, int denominator) throws BadImageException {
    return decode(bytes, header, denominator, Background.BLACK).kept();
  }

  /**
   * Decodes an image as it is stored: no EXIF turn.
   *
   * @param header of {@code bytes}, already checked
   * @param denominator 1, 2, 4 or 8: a JPEG is decoded to {@code ceil(height / denominator) x
   *     ceil(width / denominator)}; must be 1 for PNG
   * @param background under what is transparent
   * @return possibly lent: good until the next call
   * @throws BadImageException if the bytes are damaged
   */
  Image decode(byte[] bytes, ImageHeader header, int denominator, Background background)
      throws BadImageException;

  /**
   * Encodes as baseline JPEG with 4:2:0 chroma, or as PNG.
   *
   * @param quality of JPEG, in {@code [1, 100]}; PNG ignores it
   */
  byte[] encode(NativePixels image, ImageFormat format, int quality);

  @Override
  void close();
}
