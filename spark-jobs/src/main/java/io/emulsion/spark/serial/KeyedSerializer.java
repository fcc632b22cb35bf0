package io.emulsion.spark.serial;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.emulsion.spark.order.Keyed;

/** Writes a {@link Keyed}. */
final class KeyedSerializer extends Serializer<Keyed> {
  KeyedSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, Keyed keyed) {
    output.writeString(keyed.key());
    output.writeInt(keyed.kind(), true);
    output.writeLong(keyed.sequence(), true);
    output.writeInt(keyed.content().length, true);
    output.writeBytes(keyed.content());
  }

  @Override
  public Keyed read(Kryo kryo, Input input, Class<Keyed> type) {
    String key = input.readString();
    int kind = input.readInt(true);
    long sequence = input.readLong(true);
    return new Keyed(key, kind, sequence, input.readBytes(input.readInt(true)));
  }
}
