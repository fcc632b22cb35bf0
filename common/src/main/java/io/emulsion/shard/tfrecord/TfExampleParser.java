package io.emulsion.shard.tfrecord;

import io.emulsion.shard.DamagedShardException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Takes apart what {@link TfExample} encodes, and nothing else: the caller asks for the same keys
 * in the same order, and any other key, order, kind or number of values is damage.
 */
final class TfExampleParser {
  private static final int SHOWN_KEY_BYTES = 100;

  private final Frame frame;
  private final ByteBuffer data;

  TfExampleParser(Frame frame) throws DamagedShardException {
    this.frame = frame;
    this.data = frame.data();
    if (open(TfExample.FIELD_1, "features") != data.limit()) {
      throw frame.damaged("is longer than its features");
    }
  }

  long int64(String key) throws DamagedShardException {
    int end = openValue(key, TfExample.INT64_LIST);
    long value = varint();
    if (data.position() != end) {
      throw frame.damaged(key + " is not one number");
    }
    return value;
  }

  float float32(String key) throws DamagedShardException {
    return float32s(key, 1)[0];
  }

  float[] float32s(String key, int count) throws DamagedShardException {
    int end = openValue(key, TfExample.FLOAT_LIST);
    if (end - data.position() != (long) count * Float.BYTES) {
      throw frame.damaged(key + " is not " + (count == 1 ? "one number" : count + " numbers"));
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = data.getFloat();
    }
    return values;
  }

  byte[] bytes(String key) throws DamagedShardException {
    return take(openValue(key, TfExample.BYTES_LIST));
  }

  /** Any number of values. */
  float[] floatList(String key) throws DamagedShardException {
    int end = openList(key, TfExample.FLOAT_LIST);
    if (data.position() == end) {
      return new float[0];
    }
    checkEnd(open(TfExample.FIELD_1, key), end, key);
    float[] values = new float[(end - data.position()) / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getFloat();
    }
    if (values.length == 0 || data.position() != end) {
      throw frame.damaged(key + " is no list of numbers");
    }
    return values;
  }

  /** Any number of values. */
  long[] int64List(String key) throws DamagedShardException {
    int end = openList(key, TfExample.INT64_LIST);
    if (data.position() == end) {
      return new long[0];
    }
    checkEnd(open(TfExample.FIELD_1, key), end, key);
    LongStream.Builder values = LongStream.builder();
    do {
      values.add(varint());
    } while (data.position() < end);
    if (data.position() != end) {
      throw frame.damaged(key + " is no list of numbers");
    }
    return values.build().toArray();
  }

  /** Any number of values. */
  List<byte[]> bytesList(String key) throws DamagedShardException {
    int end = openList(key, TfExample.BYTES_LIST);
    List<byte[]> values = new ArrayList<>();
    while (data.position() < end) {
      int valueEnd = open(TfExample.FIELD_1, key);
      if (valueEnd > end) {
        throw frame.damaged(key + " is no list of values");
      }
      values.add(take(valueEnd));
    }
    return values;
  }

  /** Makes sure that no key is left. */
  void finish() throws DamagedShardException {
    if (data.hasRemaining()) {
      open(TfExample.FIELD_1, "an entry");
      throw frame.damaged("has a key too many, '" + key() + "'");
    }
  }

  /** Enters the only value of the next feature, which must be {@code key}; tells where it ends. */
  private int openValue(String key, int kind) throws DamagedShardException {
    int end = openList(key, kind);
    checkEnd(open(TfExample.FIELD_1, key), end, key);
    return end;
  }

  /** Enters the list of the next feature, which must be {@code key}; tells where it ends. */
  private int openList(String key, int kind) throws DamagedShardException {
    if (!data.hasRemaining()) {
      throw frame.damaged("lacks key " + key);
    }
    int end = open(TfExample.FIELD_1, "an entry");
    String found = key();
    if (!found.equals(key)) {
      throw frame.damaged("has key '" + found + "' where " + key + " belongs");
    }
    checkEnd(open(TfExample.FIELD_2, key), end, key);
    checkKind(key, kind);
    checkEnd(open(kind, key), end, key);
    return end;
  }

  private void checkKind(String key, int kind) throws DamagedShardException {
    if (data.hasRemaining() && data.get(data.position()) != kind) {
      throw frame.damaged(key + " is not " + kindName(kind));
    }
  }

  private static String kindName(int kind) {
    return switch (kind) {
      case TfExample.BYTES_LIST -> "a bytes list";
      case TfExample.FLOAT_LIST -> "a float list";
      default -> "an int64 list";
    };
  }

  private void checkEnd(int actual, int expected, String key) throws DamagedShardException {
    if (actual != expected) {
      throw frame.damaged(key + " does not hold exactly one value");
    }
  }

  private String key() throws DamagedShardException {
    int end = open(TfExample.FIELD_1, "a key");
    byte[] name = take(end);
    int shown = Math.min(name.length, SHOWN_KEY_BYTES);
    return new String(name, 0, shown, StandardCharsets.UTF_8);
  }

  private byte[] take(int end) {
    byte[] bytes = new byte[end - data.position()];
    data.get(bytes);
    return bytes;
  }

  /** Reads the tag and the size of a field; tells where it ends. */
  private int open(int tag, String what) throws DamagedShardException {
    if (!data.hasRemaining() || data.get() != tag) {
      throw frame.damaged("no " + what + " at byte " + data.position() + " of its data");
    }
    long size = varint();
    if (size < 0 || size > data.remaining()) {
      throw frame.damaged("size of " + what + " goes beyond its data");
    }
    return data.position() + (int) size;
  }

  private long varint() throws DamagedShardException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!data.hasRemaining()) {
        throw frame.damaged("a number goes beyond its data");
      }
      byte next = data.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw frame.damaged("a number takes more than 10 bytes");
  }
}
