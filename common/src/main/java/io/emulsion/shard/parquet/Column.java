package io.emulsion.shard.parquet;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.parquet.Feature.ImageFeature;
import io.emulsion.shard.parquet.Feature.ListFeature;
import io.emulsion.shard.parquet.Feature.Value;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A column of the file, all of it optional, though nothing in it is ever null: {@code datasets}
 * takes a column for an image or a class only if Arrow says that it may be null.
 *
 * @param feature what {@code datasets} takes it for
 * @param value writes its value of one sample
 */
record Column(Type type, Feature feature, ValueWriter value) {
  interface ValueWriter {
    void write(MixedSample sample, RecordConsumer out);
  }

  /**
   * Writes the column's field of a row or group.
   *
   * @param number of the field in it, from 0
   */
  void write(MixedSample sample, int number, RecordConsumer out) {
    field(type.getName(), number, out, () -> value.write(sample, out));
  }

  static Column int32(String name, ToIntFunction<MixedSample> value) {
    return new Column(
        Types.optional(PrimitiveTypeName.INT32).named(name),
        new Value("int32"),
        (sample, out) -> out.addInteger(value.applyAsInt(sample)));
  }

  /**
   * The number of a class: {@code datasets} knows names only of an int64.
   *
   * @param offset added to the number
   */
  static Column label(String name, Feature feature, int offset, ToIntFunction<MixedSample> value) {
    return new Column(
        Types.optional(PrimitiveTypeName.INT64).named(name),
        feature,
        (sample, out) -> out.addLong(value.applyAsInt(sample) + (long) offset));
  }

  static Column float64(String name, ToDoubleFunction<MixedSample> value) {
    return new Column(
        Types.optional(PrimitiveTypeName.DOUBLE).named(name),
        new Value("float64"),
        (sample, out) -> out.addDouble(value.applyAsDouble(sample)));
  }

  /**
   * @param value its UTF-8
   */
  static Column string(String name, Function<MixedSample, byte[]> value) {
    return new Column(
        stringType(name),
        new Value("string"),
        (sample, out) -> out.addBinary(Binary.fromConstantByteArray(value.apply(sample))));
  }

  static Column binary(String name, Function<MixedSample, byte[]> value) {
    return new Column(
        Types.optional(PrimitiveTypeName.BINARY).named(name),
        new Value("binary"),
        (sample, out) -> out.addBinary(Binary.fromConstantByteArray(value.apply(sample))));
  }

  /** An encoded image; {@code datasets} wants its bytes before its path. */
  static Column image(
      String name,
      String bytesName,
      Function<MixedSample, byte[]> bytes,
      String pathName,
      Function<MixedSample, byte[]> path) {
    Column bytesColumn = binary(bytesName, bytes);
    Column pathColumn = string(pathName, path);
    return new Column(
        Types.optionalGroup().addField(bytesColumn.type()).addField(pathColumn.type()).named(name),
        new ImageFeature(),
        (sample, out) -> {
          out.startGroup();
          bytesColumn.write(sample, 0, out);
          pathColumn.write(sample, 1, out);
          out.endGroup();
        });
  }

  /** A list in Parquet's three levels: {@code name.list.element}. */
  static Column float32List(String name, Function<MixedSample, float[]> values) {
    return new Column(
        Types.optionalList().optionalElement(PrimitiveTypeName.FLOAT).named(name),
        new ListFeature(new Value("float32")),
        (sample, out) -> {
          float[] floats = values.apply(sample);
          out.startGroup();
          writeList(out, floats.length, i -> out.addFloat(floats[i]));
          out.endGroup();
        });
  }

  /**
   * Writes the inside of a list's group; of an empty list nothing, as Parquet wants it.
   *
   * @param element writes the element of a number
   */
  static void writeList(RecordConsumer out, int count, IntConsumer element) {
    if (count == 0) {
      return;
    }
    field(
        "list",
        0,
        out,
        () -> {
          for (int i = 0; i < count; i++) {
            int number = i;
            out.startGroup();
            field("element", 0, out, () -> element.accept(number));
            out.endGroup();
          }
        });
  }

  private static Type stringType(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  static void field(String name, int number, RecordConsumer out, Runnable value) {
    out.startField(name, number);
    value.run();
    out.endField(name, number);
  }
}
