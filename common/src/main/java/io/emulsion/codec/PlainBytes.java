package io.emulsion.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stores values as they are, {@code [height, width, 3]} row by row, with nothing around them. */
public final class PlainBytes {
  private PlainBytes() {}

  /** {@link Encoding#FLOAT32}. */
  public static byte[] of(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }
}
