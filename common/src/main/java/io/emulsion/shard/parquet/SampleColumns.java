package io.emulsion.shard.parquet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.parquet.Feature.ClassLabel;
import io.emulsion.shard.parquet.Feature.ImageFeature;
import io.emulsion.shard.parquet.Feature.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns, in the order of the file. All are optional, though none is ever null: {@code
 * datasets} takes a column for an image or a class only if Arrow says that it may be null, and a
 * class only if it is an int64.
 */
final class SampleColumns {
  static final String IMAGE_BYTES = "image.bytes";
  static final String IMAGE_PATH = "image.path";
  static final String HEIGHT = "height";
  static final String WIDTH = "width";
  static final String LABEL = "label";
  static final String LABEL_A = "label_a";
  static final String LABEL_B = "label_b";
  static final String LAMBDA = "lambda";
  static final String ID_A = "id_a";
  static final String ID_B = "id_b";
  static final String VIEW = "view";

  /** The footer's key under which {@code datasets} looks for {@link #features}. */
  static final String FEATURES_KEY = "huggingface";

  private static final String IMAGE = "image";
  private static final String BYTES = "bytes";
  private static final String PATH = "path";

  private interface ValueWriter {
    void write(MixedSample sample, RecordConsumer out);
  }

  private record Column(Type type, Feature feature, ValueWriter value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column(imageType(), new ImageFeature(), SampleColumns::writeImage),
          int32(HEIGHT, (sample, out) -> out.addInteger(sample.height())),
          int32(WIDTH, (sample, out) -> out.addInteger(sample.width())),
          label(LABEL, (sample, out) -> out.addLong(sample.label())),
          label(LABEL_A, (sample, out) -> out.addLong(sample.labelA())),
          label(LABEL_B, (sample, out) -> out.addLong(sample.labelB())),
          column(
              Types.optional(PrimitiveTypeName.DOUBLE).named(LAMBDA),
              new Value("float64"),
              (sample, out) -> out.addDouble(sample.lambda())),
          string(ID_A, (sample, out) -> out.addBinary(constant(sample.first().utf8()))),
          string(ID_B, (sample, out) -> out.addBinary(constant(sample.partner().utf8()))),
          int32(VIEW, (sample, out) -> out.addInteger(sample.place().view())));

  /** The columns as Parquet's schema. */
  static final MessageType TYPE =
      new MessageType("sample", COLUMNS.stream().map(Column::type).toList());

  private SampleColumns() {}

  private static Column column(Type type, Feature feature, ValueWriter value) {
    return new Column(type, feature, value);
  }

  private static Column int32(String name, ValueWriter value) {
    return column(Types.optional(PrimitiveTypeName.INT32).named(name), new Value("int32"), value);
  }

  private static Column label(String name, ValueWriter value) {
    return column(Types.optional(PrimitiveTypeName.INT64).named(name), new ClassLabel(), value);
  }

  private static Column string(String name, ValueWriter value) {
    return column(stringType(name), new Value("string"), value);
  }

  private static Type stringType(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type imageType() {
    return Types.optionalGroup()
        .addField(Types.optional(PrimitiveTypeName.BINARY).named(BYTES))
        .addField(stringType(PATH))
        .named(IMAGE);
  }

  private static void writeImage(MixedSample sample, RecordConsumer out) {
    out.startGroup();
    out.startField(BYTES, 0);
    out.addBinary(constant(sample.image()));
    out.endField(BYTES, 0);
    out.startField(PATH, 1);
    out.addBinary(Binary.fromString(sample.place().key()));
    out.endField(PATH, 1);
    out.endGroup();
  }

  private static Binary constant(byte[] bytes) {
    return Binary.fromConstantByteArray(bytes);
  }

  /** Writes one row. */
  static void write(MixedSample sample, RecordConsumer out) {
    out.startMessage();
    for (int i = 0; i < COLUMNS.size(); i++) {
      Column column = COLUMNS.get(i);
      out.startField(column.type().getName(), i);
      column.value().write(sample, out);
      out.endField(column.type().getName(), i);
    }
    out.endMessage();
  }

  /** What {@code datasets} takes the columns for, as JSON on one line. */
  static String features(List<String> classes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("info");
      json.writeObjectFieldStart("features");
      for (Column column : COLUMNS) {
        json.writeObjectFieldStart(column.type().getName());
        column.feature().writeFields(json, classes);
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }
}
