package io.emulsion.spark.serial;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.emulsion.shard.ShardInfo;

/** Writes a {@link ShardInfo}. */
final class ShardInfoSerializer extends Serializer<ShardInfo> {
  ShardInfoSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, ShardInfo info) {
    output.writeString(info.path());
    output.writeLong(info.records(), true);
    output.writeLong(info.sizeBytes(), true);
    output.writeString(info.sha256());
  }

  @Override
  public ShardInfo read(Kryo kryo, Input input, Class<ShardInfo> type) {
    return new ShardInfo(
        input.readString(), input.readLong(true), input.readLong(true), input.readString());
  }
}
