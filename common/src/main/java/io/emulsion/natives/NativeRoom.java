package io.emulsion.natives;

import io.emulsion.sample.Image;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Native memory for one image after the other. It grows and is kept: memory that is new for each
 * image comes as pages that the system clears one by one, which takes a sixth of a decode. Not
 * thread-safe.
 */
public final class NativeRoom implements AutoCloseable {
  /** What takes more is too rare to keep room for. */
  private static final long MOST_KEPT_BYTES = 64 << 20;

  private BytePointer memory = new BytePointer((Pointer) null);

  /**
   * Memory of at least {@code sizeBytes}, from its start; it stays this object's, and holds
   * anything. What an earlier call gave is not to be used any more.
   */
  BytePointer bytes(long sizeBytes) {
    boolean small = memory.capacity() < sizeBytes;
    boolean large = memory.capacity() > MOST_KEPT_BYTES && sizeBytes <= MOST_KEPT_BYTES;
    if (small || large) {
      memory.close();
      memory = new BytePointer(Math.max(sizeBytes, Math.min(sizeBytes / 2 * 3, MOST_KEPT_BYTES)));
    }
    return memory.position(0);
  }

  /** All of the memory there is, good until the next call that asks for some. */
  public ByteBuffer buffer() {
    return memory.position(0).asByteBuffer();
  }

  /**
   * An image of {@code height} rows without gaps, with {@link Image#SPARE_BYTES} behind it, in
   * memory as {@link #bytes} gives it.
   *
   * @param depth {@code CV_8U} or {@code CV_16U}
   * @return to be closed by the caller
   */
  public Mat mat(int height, int width, int depth, int channels) {
    long valueBytes = depth == opencv_core.CV_8U ? Byte.BYTES : Short.BYTES;
    BytePointer pixels = bytes((long) height * width * channels * valueBytes + Image.SPARE_BYTES);
    return new Mat(height, width, opencv_core.CV_MAKETYPE(depth, channels), pixels);
  }

  @Override
  public void close() {
    memory.close();
  }
}
