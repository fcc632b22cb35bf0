package io.emulsion.sample;

/**
 * An image in memory: {@code uint8} RGB, {@code [height, width, 3]}, row by row without gaps.
 *
 * <p>The array may be longer than the pixels: kernels that move several at a time need {@link
 * #SPARE_BYTES} behind the last one. Nobody changes an array once an Image holds it.
 */
public final class Image {
  /** Bytes that {@link #allocate} adds behind the pixels. */
  public static final int SPARE_BYTES = 24;

  private final int height;
  private final int width;
  private final byte[] rgb;

  /**
   * @param rgb at least {@code height * width * 3} bytes; not copied
   */
  public Image(int height, int width, byte[] rgb) {
    if (height < 1 || width < 1 || rgb.length < sizeBytes(height, width)) {
      throw new IllegalArgumentException(
          "No image of " + height + " x " + width + " in " + rgb.length + " bytes");
    }
    this.height = height;
    this.width = width;
    this.rgb = rgb;
  }

  /** An array for {@code [height, width, 3]}, with the spare bytes. */
  public static byte[] allocate(int height, int width) {
    return new byte[Math.addExact(sizeBytes(height, width), SPARE_BYTES)];
  }

  private static int sizeBytes(int height, int width) {
    return Math.multiplyExact(Math.multiplyExact(height, width), 3);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The pixels, possibly with spare bytes behind them: read {@link #sizeBytes()} of it. */
  public byte[] rgb() {
    return rgb;
  }

  /** {@code height * width * 3}. */
  public int sizeBytes() {
    return sizeBytes(height, width);
  }
}
