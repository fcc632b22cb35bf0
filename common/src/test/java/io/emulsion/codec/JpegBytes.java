package io.emulsion.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds JPEGs that a header check takes for real, though nothing could be decoded from them. */
final class JpegBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  JpegBytes() {
    raw(0xFF, 0xD8);
  }

  JpegBytes raw(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  JpegBytes segment(int marker, byte... content) {
    raw(0xFF, marker, (content.length + 2) >> 8, (content.length + 2) & 0xFF);
    bytes.writeBytes(content);
    return this;
  }

  JpegBytes frame(int marker, int bits, int height, int width, int components) {
    ByteBuffer content = ByteBuffer.allocate(6 + 3 * components);
    content.put((byte) bits).putShort((short) height).putShort((short) width);
    content.put((byte) components);
    return segment(marker, content.array());
  }

  JpegBytes baseline(int height, int width) {
    return frame(0xC0, 8, height, width, 3);
  }

  JpegBytes scan() {
    return segment(0xDA, new byte[10]).raw(1, 2, 3, 0xFF, 0, 4, 0xFF, 0xD0, 5, 6, 7, 8, 9);
  }

  JpegBytes exif(ByteOrder order, int orientation) {
    ByteBuffer content = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4).order(order);
    content.put("Exif\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    content.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(content.get(6));
    content.putShort((short) 42).putInt(8).putShort((short) 1);
    content.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return segment(0xE1, content.array());
  }

  byte[] end() {
    return raw(0xFF, 0xD9).bytes.toByteArray();
  }

  byte[] withoutEnd() {
    return bytes.toByteArray();
  }
}
