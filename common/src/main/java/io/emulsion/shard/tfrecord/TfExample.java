package io.emulsion.shard.tfrecord;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes a {@code tf.Example} as protobuf does deterministically (TensorFlow, example.proto and
 * feature.proto): keys ascending, floats and int64 packed, an empty list with its kind. Used again
 * for the next one after {@link #clear}. Not thread-safe.
 */
final class TfExample {
  /** {@code Example.features}, {@code Features.feature}, a map entry's key, a list's values. */
  static final int FIELD_1 = 0x0a;

  /** A map entry's value. */
  static final int FIELD_2 = 0x12;

  static final int BYTES_LIST = 0x0a;
  static final int FLOAT_LIST = 0x12;
  static final int INT64_LIST = 0x1a;

  /** Space for the tag and size of {@code Example.features}, known only at the end. */
  private static final int PREFIX_BYTES = 6;

  private static final int COPIED_BYTES = 256;

  /** A long value, which is not copied, and what stands before it in the buffer. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record LongValue(int position, byte[] value) {}

  private final List<LongValue> longValues = new ArrayList<>();
  private byte[] buffer = new byte[2048];
  private int end = PREFIX_BYTES;
  private String lastKey = "";

  void clear() {
    longValues.clear();
    end = PREFIX_BYTES;
    lastKey = "";
  }

  void addInt64(String key, long value) {
    addInt64s(key, new long[] {value});
  }

  void addInt64s(String key, long[] values) {
    int size = 0;
    for (long value : values) {
      size = Math.addExact(size, varintSize(value));
    }
    startFeature(key, INT64_LIST, values.length == 0 ? 0 : fieldSize(size));
    if (values.length == 0) {
      return;
    }
    putHead(FIELD_1, size);
    reserve(size);
    for (long value : values) {
      putVarint(value);
    }
  }

  void addFloat(String key, float value) {
    addFloats(key, new float[] {value});
  }

  void addFloats(String key, float[] values) {
    int size = Math.multiplyExact(values.length, Float.BYTES);
    startFeature(key, FLOAT_LIST, values.length == 0 ? 0 : fieldSize(size));
    if (values.length == 0) {
      return;
    }
    putHead(FIELD_1, size);
    reserve(size);
    for (float value : values) {
      int bits = Float.floatToIntBits(value);
      for (int shift = 0; shift < Float.SIZE; shift += Byte.SIZE) {
        buffer[end++] = (byte) (bits >>> shift);
      }
    }
  }

  /**
   * @param value must not change before {@link #pieces} are written
   */
  void addBytes(String key, byte[] value) {
    startFeature(key, BYTES_LIST, fieldSize(value.length));
    putHead(FIELD_1, value.length);
    if (value.length > COPIED_BYTES) {
      longValues.add(new LongValue(end, value));
    } else {
      put(value);
    }
  }

  /**
   * @param values names rather than images: they are copied
   */
  void addBytes(String key, List<byte[]> values) {
    int size = 0;
    for (byte[] value : values) {
      size = Math.addExact(size, fieldSize(value.length));
    }
    startFeature(key, BYTES_LIST, size);
    reserve(size);
    for (byte[] value : values) {
      putHead(FIELD_1, value.length);
      put(value);
    }
  }

  /** The encoded example in pieces, good until the next call of another method. */
  List<ByteBuffer> pieces() {
    List<ByteBuffer> pieces = new ArrayList<>();
    int start = putPrefix();
    for (LongValue longValue : longValues) {
      pieces.add(ByteBuffer.wrap(buffer, start, longValue.position() - start));
      pieces.add(ByteBuffer.wrap(longValue.value()));
      start = longValue.position();
    }
    pieces.add(ByteBuffer.wrap(buffer, start, end - start));
    return pieces;
  }

  /** Puts the head of {@code Example.features} right before its content; tells where it starts. */
  private int putPrefix() {
    int size = end - PREFIX_BYTES;
    for (LongValue longValue : longValues) {
      size = Math.addExact(size, longValue.value().length);
    }
    int start = PREFIX_BYTES - 1 - varintSize(size);
    int contentEnd = end;
    end = start;
    putHead(FIELD_1, size);
    end = contentEnd;
    return start;
  }

  private void startFeature(String key, int kind, int listSize) {
    if (key.compareTo(lastKey) <= 0) {
      throw new IllegalArgumentException(key + " must not follow " + lastKey);
    }
    lastKey = key;
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    int featureSize = fieldSize(listSize);
    reserve(name.length + COPIED_BYTES + 64); // more than heads and a copied value take
    putHead(FIELD_1, fieldSize(name.length) + fieldSize(featureSize));
    putHead(FIELD_1, name.length);
    put(name);
    putHead(FIELD_2, featureSize);
    putHead(kind, listSize);
  }

  private void reserve(int bytes) {
    if (buffer.length - end < bytes) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length + bytes);
    }
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, end, bytes.length);
    end += bytes.length;
  }

  private void putHead(int tag, int size) {
    buffer[end++] = (byte) tag;
    putVarint(size);
  }

  private void putVarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[end++] = (byte) rest;
  }

  /** Bytes of a field of {@code size} bytes with its tag and size. */
  private static int fieldSize(int size) {
    return Math.addExact(1 + varintSize(size), size);
  }

  private static int varintSize(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
