package io.emulsion.shard.tfrecord;

import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads the frames that {@link FrameWriter} describes, in large chunks, and checks both sums. */
final class FrameReader {
  private static final int CHUNK_BYTES = 1 << 20;

  private final ShardInput in;
  private final long fileSize;
  private final MaskedCrc32c crc = new MaskedCrc32c();

  /** Bytes of the file from {@code offset} on; its position is always 0. */
  private ByteBuffer chunk = ByteBuffer.allocate(0);

  private long offset;
  private long number;

  FrameReader(ShardInput in) throws IOException {
    this.in = in;
    this.fileSize = in.sizeBytes();
  }

  /**
   * The next frame; null after the last.
   *
   * @throws DamagedShardException if a checksum is wrong, or the file ends within a frame
   */
  @Nullable Frame next() throws IOException {
    if (offset == fileSize) {
      return null;
    }
    int length = readLength();
    int frameSize = FrameWriter.HEADER_BYTES + length + FrameWriter.FOOTER_BYTES;
    load(frameSize);
    int start = chunk.arrayOffset() + FrameWriter.HEADER_BYTES;
    check(crc.of(chunk.array(), start, length), FrameWriter.HEADER_BYTES + length, "data");
    ByteBuffer data = chunk.slice(FrameWriter.HEADER_BYTES, length);
    Frame frame = new Frame(number, offset, data.order(ByteOrder.LITTLE_ENDIAN));
    skip(frameSize);
    return frame;
  }

  private int readLength() throws IOException {
    if (fileSize - offset < FrameWriter.HEADER_BYTES) {
      throw damaged("the file ends after " + (fileSize - offset) + " bytes of its header");
    }
    load(FrameWriter.HEADER_BYTES);
    check(crc.of(chunk.array(), chunk.arrayOffset(), Long.BYTES), Long.BYTES, "length");
    long length = chunk.getLong(0);
    if (length < 0 || length > FrameWriter.MAX_DATA_BYTES) {
      throw damaged(
          "its length is "
              + Long.toUnsignedString(length)
              + " bytes, above the limit of "
              + FrameWriter.MAX_DATA_BYTES);
    }
    long left = fileSize - offset - FrameWriter.HEADER_BYTES;
    if (length + FrameWriter.FOOTER_BYTES > left) {
      throw damaged("takes " + length + " bytes, but the file ends after " + left);
    }
    return (int) length;
  }

  private void check(int actual, int storedAt, String what) throws DamagedShardException {
    int stored = chunk.getInt(storedAt);
    if (stored != actual) {
      throw damaged(
          String.format("checksum of its %s is %08x, but %08x is stored", what, actual, stored));
    }
  }

  /** Makes {@code chunk} hold at least the next {@code bytes} bytes, which the file must have. */
  private void load(int bytes) throws IOException {
    if (chunk.limit() >= bytes) {
      return;
    }
    int size = (int) Math.min(fileSize - offset, Math.max(bytes, CHUNK_BYTES));
    int kept = chunk.limit();
    // A new array, once a chunk: the data of frames that were handed out stay as they are.
    byte[] loaded = new byte[size];
    chunk.get(0, loaded, 0, kept);
    in.readFully(offset + kept, loaded, kept, size - kept);
    chunk = ByteBuffer.wrap(loaded).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void skip(int bytes) {
    chunk = chunk.slice(bytes, chunk.limit() - bytes).order(ByteOrder.LITTLE_ENDIAN);
    offset += bytes;
    number++;
  }

  private DamagedShardException damaged(String what) {
    return Frame.damaged(number, offset, what);
  }
}
