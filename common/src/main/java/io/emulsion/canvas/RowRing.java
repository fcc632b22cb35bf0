package io.emulsion.canvas;

import io.emulsion.sample.Image;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * The last rows of an image, each as an array of {@code int}s: four bytes of packed RGB in one,
 * little endian. Rows are copied when they are first asked for, in ascending order. Not
 * thread-safe.
 */
final class RowRing {
  /** The image's bytes as ints that begin at byte 0, 1, 2 and 3. */
  private final IntBuffer[] views = new IntBuffer[4];

  private int[][] kept = new int[0][];
  private int[][] asked = new int[0][];
  private int startByte;
  private int pitch;
  private int length;

  /** The row behind the last that was copied. */
  private int next;

  /** Ints that {@code pixels} take: a multiple of 3, which hold 4 pixels. */
  static int lengthOf(int pixels) {
    return (pixels + 3) / 4 * 3;
  }

  /**
   * Turns to an image.
   *
   * @param top the row that is called 0
   * @param left the first pixel of each row
   * @param pixels of each row that are wanted
   * @param size how many rows are asked for at once at the most
   */
  void start(Image image, int top, int left, int pixels, int size) {
    ByteBuffer bytes = withSpareBytes(image);
    for (int i = 0; i < views.length; i++) {
      ByteBuffer from = bytes.slice(i, bytes.capacity() - i);
      views[i] = from.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    }
    pitch = image.width() * 3;
    startByte = top * pitch + left * 3;
    length = lengthOf(pixels);
    next = 0;
    if (kept.length < size || kept[0].length < length) {
      kept = new int[Math.max(size, kept.length)][Math.max(length, pitch / 4)];
    }
    asked = new int[kept.length][];
  }

  /**
   * Rows {@code [first, first + size)}, good until the next call; {@code first} never falls within
   * an image.
   */
  int[][] rows(int first, int size) {
    next = Math.max(next, first);
    for (; next < first + size; next++) {
      int at = startByte + next * pitch;
      views[at & 3].get(at >> 2, kept[next % kept.length], 0, length);
    }
    for (int i = 0; i < size; i++) {
      asked[i] = kept[(first + i) % kept.length];
    }
    return asked;
  }

  private static ByteBuffer withSpareBytes(Image image) {
    ByteBuffer bytes = image.bytes();
    if (bytes.capacity() >= image.sizeBytes() + Image.SPARE_BYTES) {
      return bytes;
    }
    byte[] copy = Image.allocate(image.height(), image.width());
    bytes.get(0, copy, 0, image.sizeBytes());
    return ByteBuffer.wrap(copy);
  }
}
