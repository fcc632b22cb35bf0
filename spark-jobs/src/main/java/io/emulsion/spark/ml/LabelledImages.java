package io.emulsion.spark.ml;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.ImageId;
import io.emulsion.spark.order.RankedImage;
import io.emulsion.spark.sink.ClassNames;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a data frame are the labelled images, and how their rows are read.
 *
 * @param id column of image ids, strings, each unique
 * @param image column of encoded images
 * @param label column of class indexes from 0, of any numeric type
 */
record LabelledImages(String id, String image, String label) implements Serializable {
  private static final int ID = 0;
  private static final int IMAGE = 1;
  private static final int LABEL = 2;

  /**
   * How many rows and classes a data frame has.
   *
   * @param classes those that the label column names, else up to the highest index
   */
  record Counts(long images, int classes) {}

  /**
   * @throws EmulsionException (usage) naming the column that is missing or of another type
   */
  void check(StructType schema) {
    require(schema, id, StringType.class, "a string");
    require(schema, image, BinaryType.class, "binary");
    require(schema, label, NumericType.class, "a number, such as StringIndexer makes,");
  }

  private static void require(
      StructType schema, String name, Class<? extends DataType> type, String kind) {
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw EmulsionException.usage(
          "Mixup needs a column '%s', but the data frame has only %s: rename a column, or name"
              + " another with idCol, imageCol or labelCol",
          name, String.join(", ", schema.fieldNames()));
    }
    DataType found = schema.apply(name).dataType();
    if (!type.isInstance(found)) {
      throw EmulsionException.usage(
          "Mixup needs %s in column '%s', but it holds %s", kind, name, found.catalogString());
    }
  }

  /** The names of the classes; null where the label column does not know them. */
  @Nullable List<String> classNames(StructType schema) {
    return ClassNames.of(labelField(schema));
  }

  /** The label column, with what MLlib says of it. */
  StructField labelField(StructType schema) {
    return schema.apply(label);
  }

  /** Counts in one job, which decodes nothing. */
  Counts counts(Dataset<?> dataset) {
    Row counts =
        dataset
            .agg(count(lit(1)), max(column(dataset, label).cast("double")))
            .collectAsList()
            .get(0);
    List<String> names = classNames(dataset.schema());
    int classes =
        names != null ? names.size() : counts.isNullAt(1) ? 0 : (int) counts.getDouble(1) + 1;
    return new Counts(counts.getLong(0), classes);
  }

  /** The rows that {@link #idOf} and {@link #ranked} read. */
  JavaRDD<Row> rows(Dataset<?> dataset) {
    return dataset
        .select(column(dataset, id), column(dataset, image), column(dataset, label).cast("double"))
        .toJavaRDD();
  }

  private static Column column(Dataset<?> dataset, String name) {
    return dataset.col("`" + name.replace("`", "``") + "`");
  }

  /**
   * @throws EmulsionException (usage) if there is none
   */
  ImageId idOf(Row row) {
    if (row.isNullAt(ID)) {
      throw EmulsionException.usage("Column '%s' holds a null: give each image an id", id);
    }
    return new ImageId(row.getString(ID));
  }

  /**
   * @param classes how many there are
   * @throws EmulsionException (usage) naming column and id if there is no image or no such class
   */
  RankedImage ranked(int pass, int shard, long rank, Row row, int classes) {
    if (row.isNullAt(IMAGE)) {
      throw EmulsionException.usage("Column '%s' is null for id '%s'", image, idOf(row));
    }
    if (row.isNullAt(LABEL)) {
      throw EmulsionException.usage("Column '%s' is null for id '%s'", label, idOf(row));
    }
    double index = row.getDouble(LABEL);
    if (!(index >= 0 && index < classes && index == Math.rint(index))) {
      throw EmulsionException.usage(
          "Column '%s' is %s for id '%s', which is no class index from 0 to %d",
          label, index, idOf(row), classes - 1);
    }
    return new RankedImage(
        pass, shard, rank, row.getString(ID), (int) index, row.<byte[]>getAs(IMAGE));
  }
}
