package io.emulsion.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Builds PNGs from chunks with right CRCs. */
final class PngBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PngBytes() {
    bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
  }

  PngBytes header(int height, int width) {
    ByteBuffer content = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return chunk("IHDR", content.put((byte) 8).put((byte) 2).array());
  }

  PngBytes chunk(String type, byte... content) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    return chunk(type, content.length, content, (int) crc.getValue());
  }

  PngBytes chunk(String type, int length, byte[] content, int crc) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    bytes.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(content);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(crc).array());
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
