package io.emulsion.shard.tfrecord;

import io.emulsion.sample.MixedBox;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.StoredBox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fields that {@link ObjectFeatures} wrote, read in the order of their keys. */
final class ObjectFields {
  private final Frame frame;
  private final float[] area;
  private final float[] xMax;
  private final float[] xMin;
  private final float[] yMax;
  private final float[] yMin;
  private final int[] labels;
  private final int[] difficult;
  private final int[] crowd;
  private final int[] source;
  private final float[] weight;

  ObjectFields(Frame frame, TfExampleParser example, ShardContext context)
      throws DamagedShardException {
    this.frame = frame;
    this.area = example.floatList(ObjectKeys.AREA);
    this.xMax = floats(example, ObjectKeys.X_MAX);
    this.xMin = floats(example, ObjectKeys.X_MIN);
    this.yMax = floats(example, ObjectKeys.Y_MAX);
    this.yMin = floats(example, ObjectKeys.Y_MIN);
    int offset = context.labelOffset();
    int classes = context.classes().size();
    this.labels = numbers(example, ObjectKeys.LABEL, offset, offset + classes - 1);
    Arrays.setAll(labels, i -> labels[i] - offset);
    checkNames(example.bytesList(ObjectKeys.TEXT), context.classes());
    this.difficult = numbers(example, ObjectKeys.DIFFICULT, 0, 1);
    this.crowd = numbers(example, ObjectKeys.IS_CROWD, 0, 1);
    this.source = numbers(example, ObjectKeys.SOURCE, 0, 1);
    this.weight = floats(example, ObjectKeys.WEIGHT);
  }

  /** The boxes, in pixels as exactly as float32 shares of the image tell. */
  List<MixedBox> boxes(int height, int width, double lambda) {
    List<MixedBox> boxes = new ArrayList<>(area.length);
    for (int i = 0; i < area.length; i++) {
      boxes.add(
          StoredBox.read(
              (double) xMin[i] * width,
              (double) yMin[i] * height,
              (double) xMax[i] * width,
              (double) yMax[i] * height,
              labels[i],
              weight[i],
              source[i],
              crowd[i] == 1,
              difficult[i] == 1,
              area[i],
              lambda));
    }
    return boxes;
  }

  private float[] floats(TfExampleParser example, String key) throws DamagedShardException {
    float[] values = example.floatList(key);
    checkCount(key, values.length);
    return values;
  }

  private int[] numbers(TfExampleParser example, String key, int least, int most)
      throws DamagedShardException {
    long[] values = example.int64List(key);
    checkCount(key, values.length);
    for (long value : values) {
      if (value < least || value > most) {
        throw frame.damaged(key + " holds " + value + ", not in [" + least + ", " + most + "]");
      }
    }
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private void checkNames(List<byte[]> names, List<String> classes) throws DamagedShardException {
    checkCount(ObjectKeys.TEXT, names.size());
    for (int i = 0; i < labels.length; i++) {
      if (!Arrays.equals(names.get(i), classes.get(labels[i]).getBytes(StandardCharsets.UTF_8))) {
        throw frame.damaged(ObjectKeys.TEXT + " of box " + i + " is not the name of its class");
      }
    }
  }

  private void checkCount(String key, int count) throws DamagedShardException {
    if (count != area.length) {
      throw frame.damaged(
          key + " has " + count + " values, but there are " + area.length + " boxes");
    }
  }
}
