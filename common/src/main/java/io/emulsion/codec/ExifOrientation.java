package io.emulsion.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The orientation tag in a JPEG's APP1 segment: EXIF 2.32, section 4.6 (TIFF's first IFD). */
final class ExifOrientation {
  /** What {@link #of} tells of a segment that is not EXIF. */
  static final int NONE = 0;

  private static final byte[] SIGNATURE = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /**
   * Orientation from the segment's content in {@code [from, to)}.
   *
   * @return 1 to 8; 1 where EXIF is damaged or has no legal value; {@link #NONE} if it is not EXIF
   */
  static int of(byte[] bytes, int from, int to) {
    int tiff = from + SIGNATURE.length;
    if (tiff > to || !Arrays.equals(bytes, from, tiff, SIGNATURE, 0, SIGNATURE.length)) {
      return NONE;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, tiff, to - tiff).slice();
    if (buffer.limit() < 8) {
      return 1;
    }
    short order = buffer.getShort(0);
    if (order != 0x4949 && order != 0x4D4D) {
      return 1;
    }
    buffer.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int value = buffer.getShort(2) == 42 ? inDirectory(buffer, buffer.getInt(4)) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }

  private static int inDirectory(ByteBuffer tiff, int start) {
    if (start < 8 || start > tiff.limit() - 2) {
      return 1;
    }
    int room = (tiff.limit() - start - 2) / ENTRY_BYTES;
    int entries = Math.min(tiff.getShort(start) & 0xFFFF, room);
    for (int i = 0; i < entries; i++) {
      int entry = start + 2 + i * ENTRY_BYTES;
      if (tiff.getShort(entry) == TAG) {
        boolean one = tiff.getShort(entry + 2) == SHORT && tiff.getInt(entry + 4) == 1;
        return one ? tiff.getShort(entry + 8) : 1;
      }
    }
    return 1;
  }
}
