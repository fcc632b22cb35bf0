package io.emulsion.shard.tfrecord;

import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.StoredBox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Writes the boxes of a sample under {@link ObjectKeys}. */
final class ObjectFeatures {
  private ObjectFeatures() {}

  static void add(TfExample example, MixedSample sample, ShardContext context) {
    List<MixedBox> boxes = sample.boxes();
    double height = sample.height();
    double width = sample.width();
    example.addFloats(ObjectKeys.AREA, floats(boxes, StoredBox::area));
    example.addFloats(ObjectKeys.X_MAX, floats(boxes, box -> box.xMax() / width));
    example.addFloats(ObjectKeys.X_MIN, floats(boxes, box -> box.xMin() / width));
    example.addFloats(ObjectKeys.Y_MAX, floats(boxes, box -> box.yMax() / height));
    example.addFloats(ObjectKeys.Y_MIN, floats(boxes, box -> box.yMin() / height));
    int offset = context.labelOffset();
    example.addInt64s(ObjectKeys.LABEL, longs(boxes, mixed -> mixed.box().label() + (long) offset));
    example.addBytes(ObjectKeys.TEXT, names(boxes, context.classes()));
    example.addInt64s(ObjectKeys.DIFFICULT, longs(boxes, mixed -> bit(mixed.box().difficult())));
    example.addInt64s(ObjectKeys.IS_CROWD, longs(boxes, mixed -> bit(mixed.box().crowd())));
    example.addInt64s(ObjectKeys.SOURCE, longs(boxes, MixedBox::source));
    float[] weights = new float[boxes.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) boxes.get(i).weight();
    }
    example.addFloats(ObjectKeys.WEIGHT, weights);
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }

  private static float[] floats(List<MixedBox> boxes, ToDoubleFunction<Box> value) {
    float[] values = new float[boxes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(boxes.get(i).box());
    }
    return values;
  }

  private static long[] longs(List<MixedBox> boxes, ToLongFunction<MixedBox> value) {
    return boxes.stream().mapToLong(value).toArray();
  }

  private static List<byte[]> names(List<MixedBox> boxes, List<String> classes) {
    return boxes.stream()
        .map(mixed -> classes.get(mixed.box().label()).getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
