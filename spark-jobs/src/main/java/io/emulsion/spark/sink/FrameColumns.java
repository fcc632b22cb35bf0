package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.QuarantineLine;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where in the rows of a data frame the fields of a sample are; any order of columns, any numeric
 * type. Columns {@code soft} and {@code bad} may be missing.
 */
final class FrameColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private static final List<String> WHOLE = List.of("view", "shard", "position", "height", "width");
  private static final List<String> NUMBERS = List.of("label_a", "label_b", "lambda");
  private static final List<String> TEXTS = List.of("id_a", "id_b");
  private static final String IMAGE = "image";
  private static final String SOFT = "soft";
  private static final String BAD = "bad";

  /** How Spark stores a vector of MLlib, which need not be there. */
  private static final String VECTOR =
      "struct<type:tinyint,size:int,indices:array<int>,values:array<double>>";

  private final String[] names;
  private final DataType[] types;

  private FrameColumns(String[] names, DataType[] types) {
    this.names = names;
    this.types = types;
  }

  /**
   * @throws EmulsionException (usage) naming the column that is missing, of another type or unknown
   */
  static FrameColumns of(StructType schema) {
    String[] names = schema.fieldNames();
    FrameColumns columns =
        new FrameColumns(
            names,
            Arrays.stream(names)
                .map(name -> schema.apply(name).dataType())
                .toArray(DataType[]::new));
    WHOLE.forEach(name -> columns.require(name, columns.isWhole(name), "a whole number"));
    NUMBERS.forEach(name -> columns.require(name, columns.isNumber(name), "a number"));
    TEXTS.forEach(name -> columns.require(name, columns.has(name, "string"), "a string"));
    columns.require(IMAGE, columns.has(IMAGE, "binary"), "binary");
    if (columns.hasSoft()) {
      columns.require(SOFT, columns.isVector(SOFT), "an ml Vector or an array of numbers");
    }
    if (columns.contains(BAD)) {
      String wanted = SampleRows.TYPE.apply(BAD).dataType().catalogString();
      columns.require(BAD, columns.has(BAD, wanted), "a " + wanted);
    }
    columns.checkNoOther();
    return columns;
  }

  private boolean contains(String name) {
    return Arrays.asList(names).contains(name);
  }

  private boolean has(String name, String type) {
    return contains(name) && types[at(name)].catalogString().equals(type);
  }

  private boolean isWhole(String name) {
    return has(name, "int") || has(name, "bigint");
  }

  private boolean isNumber(String name) {
    return isWhole(name) || has(name, "double") || has(name, "float");
  }

  private boolean isVector(String name) {
    return has(name, VECTOR) || has(name, "array<float>") || has(name, "array<double>");
  }

  private void require(String name, boolean fits, String kind) {
    if (!contains(name)) {
      throw EmulsionException.usage(
          "format(\"emulsion\") needs a column '%s' (%s), as Mixup makes it; the data frame has %s",
          name, kind, String.join(", ", names));
    }
    if (!fits) {
      throw EmulsionException.usage(
          "Column '%s' must be %s, but is %s: cast it",
          name, kind, types[at(name)].catalogString());
    }
  }

  private void checkNoOther() {
    List<String> known = new ArrayList<>(List.of(IMAGE, SOFT, BAD));
    known.addAll(WHOLE);
    known.addAll(NUMBERS);
    known.addAll(TEXTS);
    for (String name : names) {
      if (!known.contains(name)) {
        throw EmulsionException.usage("A data set has no place for column '%s': drop it", name);
      }
    }
  }

  private int at(String name) {
    return Arrays.asList(names).indexOf(name);
  }

  boolean hasSoft() {
    return contains(SOFT);
  }

  /** Whether the row is one of a bad input. */
  boolean isBad(InternalRow row) {
    return contains(BAD) && !row.isNullAt(at(BAD));
  }

  int shard(InternalRow row) {
    return whole(row, "shard");
  }

  QuarantineLine quarantineLine(InternalRow row) {
    InternalRow bad = row.getStruct(at(BAD), 4);
    return new QuarantineLine(
        bad.getUTF8String(0).toString(),
        bad.getUTF8String(1).toString(),
        bad.getUTF8String(2).toString(),
        bad.getLong(3));
  }

  /**
   * @throws EmulsionException (usage) naming a column that is null or no whole number
   */
  MixedSample sample(InternalRow row) {
    return new MixedSample(
        new Place(whole(row, "view"), whole(row, "shard"), whole(row, "position")),
        row.getBinary(present(row, IMAGE)),
        whole(row, "height"),
        whole(row, "width"),
        whole(row, "label_a"),
        whole(row, "label_b"),
        number(row, "lambda"),
        new ImageId(row.getUTF8String(present(row, "id_a")).toString()),
        new ImageId(row.getUTF8String(present(row, "id_b")).toString()),
        hasSoft() ? soft(row) : new float[0]);
  }

  private int present(InternalRow row, String name) {
    int at = at(name);
    if (row.isNullAt(at)) {
      throw EmulsionException.usage("Column '%s' holds a null", name);
    }
    return at;
  }

  private int whole(InternalRow row, String name) {
    double value = number(row, name);
    if (value != (int) value || value < 0) {
      throw EmulsionException.usage(
          "Column '%s' holds %s, which is no whole number from 0", name, value);
    }
    return (int) value;
  }

  private double number(InternalRow row, String name) {
    int at = present(row, name);
    DataType type = types[at];
    if (type.equals(DataTypes.IntegerType)) {
      return row.getInt(at);
    }
    if (type.equals(DataTypes.LongType)) {
      return row.getLong(at);
    }
    return type.equals(DataTypes.FloatType) ? row.getFloat(at) : row.getDouble(at);
  }

  private float[] soft(InternalRow row) {
    int at = present(row, SOFT);
    if (types[at] instanceof ArrayType array) {
      ArrayData shares = row.getArray(at);
      return array.elementType().equals(DataTypes.FloatType)
          ? shares.toFloatArray()
          : floats(shares.toDoubleArray());
    }
    return vector(row.getStruct(at, 4));
  }

  /** MLlib's vectors are structs of kind (0 sparse, 1 dense), size, indices and values. */
  private static float[] vector(InternalRow vector) {
    double[] values = vector.getArray(3).toDoubleArray();
    if (vector.getByte(0) == 1) {
      return floats(values);
    }
    float[] shares = new float[vector.getInt(1)];
    int[] indices = vector.getArray(2).toIntArray();
    for (int i = 0; i < indices.length; i++) {
      shares[indices[i]] = (float) values[i];
    }
    return shares;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
