package io.emulsion.shard.tfrecord;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * TFRecord's checksum: CRC-32C (Castagnoli), rotated right by 15 bits, plus a constant. Masked, so
 * that the CRC of data that holds CRCs stays a good one (TensorFlow, core/lib/hash/crc32c.h). Not
 * thread-safe.
 */
final class MaskedCrc32c {
  private static final int MASK_DELTA = 0xa282ead8;

  private final CRC32C crc = new CRC32C();

  /** The checksum of the bytes of {@code pieces} in order, whose positions stay as they are. */
  int of(Iterable<ByteBuffer> pieces) {
    crc.reset();
    for (ByteBuffer piece : pieces) {
      crc.update(piece.duplicate());
    }
    return masked();
  }

  /** The checksum of {@code length} bytes of {@code bytes} from {@code offset}. */
  int of(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return masked();
  }

  private int masked() {
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }
}
