package io.emulsion.spark.testing;

import io.emulsion.label.ClassIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;

/** Data frames of labelled images. */
public final class LabelledFrames {
  private LabelledFrames() {}

  /** A row for each file of a folder of class folders, its id and index as the command has them. */
  public static Dataset<Row> of(SparkSession session, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> paths = Files.walk(folder)) {
      files = paths.filter(Files::isRegularFile).toList();
    }
    List<String> classes =
        ClassIndex.sorted(files.stream().map(file -> classOf(folder, file)).toList()).names();
    List<Row> rows = new ArrayList<>();
    for (Path file : files) {
      rows.add(
          RowFactory.create(
              folder.relativize(file).toString(),
              Files.readAllBytes(file),
              (double) classes.indexOf(classOf(folder, file))));
    }
    return session.createDataFrame(rows, type(classes));
  }

  private static String classOf(Path folder, Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  /** Of rows (id, image, label), the label's metadata as a StringIndexer leaves it. */
  public static StructType type(List<String> classes) {
    return new StructType()
        .add("id", DataTypes.StringType)
        .add("image", DataTypes.BinaryType)
        .add("label", DataTypes.DoubleType, true, indexed(classes));
  }

  private static Metadata indexed(List<String> classes) {
    Metadata attribute =
        new MetadataBuilder()
            .putString("type", "nominal")
            .putString("name", "label")
            .putStringArray("vals", classes.toArray(new String[0]))
            .build();
    return new MetadataBuilder().putMetadata("ml_attr", attribute).build();
  }
}
