package io.emulsion.spark.sink;

import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.RunLengths;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The boxes of a sample as a value of a {@link SampleRows} row. */
final class BoxRows {
  private static final StructType MASK =
      DataTypes.createStructType(
          List.of(
              field("height", DataTypes.IntegerType),
              field("width", DataTypes.IntegerType),
              field("counts", DataTypes.createArrayType(DataTypes.IntegerType, false))));
  private static final StructType BOX =
      DataTypes.createStructType(
          List.of(
              field("x_min", DataTypes.DoubleType),
              field("y_min", DataTypes.DoubleType),
              field("x_max", DataTypes.DoubleType),
              field("y_max", DataTypes.DoubleType),
              field("label", DataTypes.IntegerType),
              field("source_weight", DataTypes.DoubleType),
              field("crowd", DataTypes.BooleanType),
              field("difficult", DataTypes.BooleanType),
              field("area", DataTypes.DoubleType),
              DataTypes.createStructField("mask", MASK, true),
              field("weight", DataTypes.DoubleType),
              field("source", DataTypes.IntegerType)));
  private static final int MASK_FIELD = 9;

  /** Of the value. */
  static final DataType TYPE = DataTypes.createArrayType(BOX, false);

  private BoxRows() {}

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  /** Null for no boxes. */
  static Row @Nullable [] of(List<MixedBox> boxes) {
    return boxes.isEmpty() ? null : boxes.stream().map(BoxRows::row).toArray(Row[]::new);
  }

  private static Row row(MixedBox mixed) {
    Box box = mixed.box();
    return RowFactory.create(
        box.xMin(),
        box.yMin(),
        box.xMax(),
        box.yMax(),
        box.label(),
        box.weight(),
        box.crowd(),
        box.difficult(),
        box.area(),
        row(box.mask()),
        mixed.weight(),
        mixed.source());
  }

  private static @Nullable Row row(@Nullable RunLengths mask) {
    if (mask == null) {
      return null;
    }
    Integer[] counts = new Integer[mask.counts().length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = mask.counts()[i];
    }
    return RowFactory.create(mask.height(), mask.width(), counts);
  }

  static List<MixedBox> toBoxes(ArrayData rows) {
    List<MixedBox> boxes = new ArrayList<>(rows.numElements());
    for (int i = 0; i < rows.numElements(); i++) {
      boxes.add(toBox(rows.getStruct(i, BOX.size())));
    }
    return boxes;
  }

  private static MixedBox toBox(InternalRow row) {
    Box box =
        new Box(
            row.getDouble(0),
            row.getDouble(1),
            row.getDouble(2),
            row.getDouble(3),
            row.getInt(4),
            row.getDouble(5),
            row.getBoolean(6),
            row.getBoolean(7),
            row.getDouble(8),
            row.isNullAt(MASK_FIELD) ? null : toMask(row.getStruct(MASK_FIELD, MASK.size())));
    return new MixedBox(box, row.getDouble(10), row.getInt(11));
  }

  private static RunLengths toMask(InternalRow row) {
    return new RunLengths(row.getInt(0), row.getInt(1), row.getArray(2).toIntArray());
  }
}
