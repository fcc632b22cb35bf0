package io.emulsion.spark.serial;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.order.RankedReference;

/**
 * Writes a {@link RankedReference} in some 30 bytes, its id and its boxes; Kryo 4 itself writes no
 * records.
 */
final class RankedReferenceSerializer extends Serializer<RankedReference> {
  RankedReferenceSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, RankedReference ranked) {
    ImageReference reference = ranked.reference();
    output.writeInt(ranked.pass(), true);
    output.writeInt(ranked.shard(), true);
    output.writeLong(ranked.rank());
    output.writeString(reference.id().value());
    output.writeInt(reference.root(), true);
    output.writeLong(reference.sizeBytes(), true);
    output.writeLong(reference.modifiedMillis(), true);
    output.writeInt(reference.label(), true);
    byte[] annotation = AnnotationBytes.of(reference.annotation());
    output.writeInt(annotation.length, true);
    output.writeBytes(annotation);
  }

  @Override
  public RankedReference read(Kryo kryo, Input input, Class<RankedReference> type) {
    int pass = input.readInt(true);
    int shard = input.readInt(true);
    long rank = input.readLong();
    ImageReference reference =
        new ImageReference(
            new ImageId(input.readString()),
            input.readInt(true),
            input.readLong(true),
            input.readLong(true),
            input.readInt(true),
            AnnotationBytes.annotation(input.readBytes(input.readInt(true))));
    return new RankedReference(pass, shard, rank, reference);
  }
}
