package io.emulsion.sample;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An image in memory: {@code uint8} RGB, {@code [height, width, 3]}, row by row without gaps.
 *
 * <p>The array may be longer than the pixels: kernels that move several at a time need {@link
 * #SPARE_BYTES} behind the last one. Nobody changes an array once an Image holds it. A lent image
 * has no array: its pixels lie in memory that its maker uses again.
 */
public final class Image {
  /** Bytes that {@link #allocate} adds behind the pixels. */
  public static final int SPARE_BYTES = 24;

  private final int height;
  private final int width;
  private final byte @Nullable [] rgb;
  private final ByteBuffer bytes;

  /**
   * @param rgb at least {@code height * width * 3} bytes; not copied
   */
  public Image(int height, int width, byte[] rgb) {
    this(height, width, rgb, ByteBuffer.wrap(rgb));
  }

  private Image(int height, int width, byte @Nullable [] rgb, ByteBuffer bytes) {
    if (height < 1 || width < 1 || bytes.capacity() < sizeBytes(height, width)) {
      throw new IllegalArgumentException(
          "No image of " + height + " x " + width + " in " + bytes.capacity() + " bytes");
    }
    this.height = height;
    this.width = width;
    this.rgb = rgb;
    this.bytes = bytes;
  }

  /**
   * An image that is good only until its maker says so: {@link #kept} makes one that stays.
   *
   * @param bytes from its start; at least {@code height * width * 3} and {@link #SPARE_BYTES}
   */
  public static Image lent(int height, int width, ByteBuffer bytes) {
    return new Image(height, width, null, bytes);
  }

  /** This image, or a copy of it where it is lent. */
  public Image kept() {
    return isLent() ? copy(allocate(height, width)) : this;
  }

  /** A copy of it in {@code target}, which is not copied. */
  Image copy(byte[] target) {
    bytes.get(0, target, 0, sizeBytes());
    return new Image(height, width, target);
  }

  /** Whether it is good only until its maker says so. */
  boolean isLent() {
    return rgb == null;
  }

  /** An array for {@code [height, width, 3]}, with the spare bytes. */
  public static byte[] allocate(int height, int width) {
    return new byte[arrayBytes(height, width)];
  }

  /** Of an array for {@code [height, width, 3]}, with the spare bytes. */
  static int arrayBytes(int height, int width) {
    return Math.addExact(sizeBytes(height, width), SPARE_BYTES);
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

  /**
   * The pixels, possibly with spare bytes behind them: read {@link #sizeBytes()} of it.
   *
   * @throws IllegalStateException if the image is lent
   */
  public byte[] rgb() {
    if (rgb == null) {
      throw new IllegalStateException("A lent image has no array: keep it first");
    }
    return rgb;
  }

  /** The pixels from index 0, lent or not, possibly with spare bytes behind them. */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** {@code height * width * 3}. */
  public int sizeBytes() {
    return sizeBytes(height, width);
  }
}
