package io.emulsion.shard.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Writes files of a few rows with Parquet's own writer of any row. */
final class ParquetRows {
  private ParquetRows() {}

  static MessageType oneColumn() {
    return Types.buildMessage().optional(PrimitiveTypeName.INT64).named("zoom").named("sample");
  }

  /** The fields without the column {@code name}, be it a group. */
  static Map<String, Object> without(Map<String, Object> fields, String name) {
    Map<String, Object> left = new TreeMap<>(fields);
    left.keySet().removeIf(field -> field.equals(name) || field.startsWith(name + "."));
    return left;
  }

  /**
   * A file of one row group.
   *
   * @param rows fields by path; those that are not there are null
   */
  static byte[] file(MessageType type, Map<String, String> metadata, List<Map<String, Object>> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new StreamOutputFile(out))
            .withType(type)
            .withConf(new PlainParquetConfiguration())
            .withExtraMetaData(metadata)
            .build()) {
      for (Map<String, Object> fields : rows) {
        SimpleGroup row = new SimpleGroup(type);
        fields.forEach((path, value) -> add(row, path, value));
        writer.write(row);
      }
    }
    return out.toByteArray();
  }

  private static void add(Group row, String path, Object value) {
    Group group = row;
    String name = path;
    int dot = path.indexOf('.');
    if (dot >= 0) {
      String parent = path.substring(0, dot);
      group =
          row.getFieldRepetitionCount(parent) == 0 ? row.addGroup(parent) : row.getGroup(parent, 0);
      name = path.substring(dot + 1);
    }
    if (value instanceof List<?> numbers) {
      Group list = group.addGroup(name);
      numbers.forEach(number -> list.addGroup("list").add("element", (Float) number));
    } else if (value instanceof Long number) {
      group.add(name, number);
    } else if (value instanceof Integer number) {
      group.add(name, number);
    } else if (value instanceof Double number) {
      group.add(name, number);
    } else if (value instanceof byte[] bytes) {
      group.add(name, Binary.fromConstantByteArray(bytes));
    } else {
      group.add(name, value.toString());
    }
  }
}
