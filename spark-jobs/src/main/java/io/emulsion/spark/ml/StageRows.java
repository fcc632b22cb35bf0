package io.emulsion.spark.ml;

import io.emulsion.spark.sink.FrameOrigin;
import io.emulsion.spark.sink.SampleRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The rows that the stage gives: those of the sink in MLlib's types. */
final class StageRows {
  private static final List<String> COLUMNS =
      List.of(
          "image",
          "height",
          "width",
          "label_a",
          "label_b",
          "lambda",
          "id_a",
          "id_b",
          "soft",
          "view",
          "shard",
          "position",
          "bad");
  private static final int END = SampleRows.TYPE.fieldIndex("end");

  private StageRows() {}

  /**
   * @param soft whether there are soft labels
   * @param label the column that the class indexes came from; what MLlib knows of them goes along
   * @param origin null where nothing is counted yet
   */
  static StructType type(boolean soft, StructField label, @Nullable FrameOrigin origin) {
    List<StructField> fields = new ArrayList<>();
    for (String name : names(soft)) {
      Metadata metadata =
          switch (name) {
            case "label_a", "label_b" -> named(label.metadata(), name);
            case "shard" -> origin == null ? Metadata.empty() : origin.metadata();
            default -> Metadata.empty();
          };
      fields.add(DataTypes.createStructField(name, typeOf(name), true, metadata));
    }
    return DataTypes.createStructType(fields);
  }

  private static List<String> names(boolean soft) {
    return COLUMNS.stream().filter(name -> soft || !name.equals("soft")).toList();
  }

  private static DataType typeOf(String name) {
    return switch (name) {
      case "label_a", "label_b" -> DataTypes.DoubleType;
      case "soft" -> SQLDataTypes.VectorType();
      default -> SampleRows.TYPE.apply(name).dataType();
    };
  }

  /** MLlib keeps a column's name in its metadata too. */
  private static Metadata named(Metadata metadata, String name) {
    if (!metadata.contains("ml_attr")) {
      return metadata;
    }
    Metadata attribute =
        new MetadataBuilder()
            .withMetadata(metadata.getMetadata("ml_attr"))
            .putString("name", name)
            .build();
    return new MetadataBuilder().withMetadata(metadata).putMetadata("ml_attr", attribute).build();
  }

  /** Whether a row is one for people, not one that only counts for the command's sink. */
  static boolean isKept(Row row) {
    return row.isNullAt(END);
  }

  /** A row of {@link SampleRows#TYPE} as one of {@link #type}. */
  static Row of(Row row, boolean soft) {
    List<@Nullable Object> values = new ArrayList<>();
    for (String name : names(soft)) {
      Object value = row.get(SampleRows.TYPE.fieldIndex(name));
      values.add(
          switch (name) {
            case "label_a", "label_b" -> value == null ? null : ((Integer) value).doubleValue();
            case "soft" -> value == null ? null : vector((Float[]) value);
            default -> value;
          });
    }
    return RowFactory.create(values.toArray());
  }

  private static Vector vector(Float[] shares) {
    double[] values = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      values[i] = shares[i];
    }
    return Vectors.dense(values);
  }
}
