package io.emulsion.shard.tfrecord;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes TFRecord frames: length (8 bytes, little endian), its checksum (4), data, its checksum
 * (4). A file has nothing before, between or after them.
 */
final class FrameWriter {
  static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  static final int FOOTER_BYTES = Integer.BYTES;

  /** Longer records are neither written nor read. */
  static final int MAX_DATA_BYTES = 256 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final MaskedCrc32c crc = new MaskedCrc32c();
  private final ByteBuffer header =
      ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer footer =
      ByteBuffer.allocate(FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  FrameWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  /**
   * Writes one frame.
   *
   * @param data in pieces, backed by arrays; at most {@link #MAX_DATA_BYTES} together
   */
  void write(List<ByteBuffer> data) throws IOException {
    long length = 0;
    for (ByteBuffer piece : data) {
      length += piece.remaining();
    }
    header.putLong(0, length);
    header.putInt(Long.BYTES, crc.of(header.array(), 0, Long.BYTES));
    footer.putInt(0, crc.of(data));
    put(header);
    for (ByteBuffer piece : data) {
      put(piece);
    }
    put(footer);
  }

  private void put(ByteBuffer bytes) throws IOException {
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  void flush() throws IOException {
    out.flush();
  }
}
