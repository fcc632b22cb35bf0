package io.emulsion.spark.serial;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.order.RankedImage;
import io.emulsion.spark.order.RankedReference;
import io.emulsion.spark.sink.FrameCommitMessage;
import io.emulsion.spark.sink.ShardCommitMessage;
import io.emulsion.spark.source.WireClasses;
import java.util.ArrayList;
import org.apache.spark.serializer.KryoRegistrator;

/** Tells Kryo how to write what jobs carry; Kryo 4 itself writes no records. */
public final class EmulsionKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(RankedImage.class);
    kryo.register(RankedReference.class, new RankedReferenceSerializer());
    kryo.register(Keyed.class, new KeyedSerializer());
    kryo.register(ShardInfo.class, new ShardInfoSerializer());
    kryo.register(ShardCommitMessage.class, new JavaSerializer());
    kryo.register(FrameCommitMessage.class, new JavaSerializer());
    kryo.register(ArrayList.class);
    for (Class<?> type : WireClasses.all()) {
      kryo.register(type, new JavaSerializer());
    }
  }
}
