package io.emulsion.shard.parquet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.parquet.Feature.ClassLabel;
import io.emulsion.shard.parquet.Feature.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of a data set's files, in their order. An encoded image stands with its key in {@link
 * #IMAGE_BYTES} and {@link #IMAGE_PATH}; bare pixels, which {@code datasets} cannot open as a
 * picture, in {@link #PIXELS} and {@link #KEY}. Immutable.
 */
final class SampleColumns {
  static final String IMAGE_BYTES = "image.bytes";
  static final String IMAGE_PATH = "image.path";

  /** {@code [height, width, 3]}, as a run with output.encoding raw or float32 stores them. */
  static final String PIXELS = "pixels";

  static final String KEY = "key";
  static final String HEIGHT = "height";
  static final String WIDTH = "width";
  static final String LABEL = "label";
  static final String LABEL_A = "label_a";
  static final String LABEL_B = "label_b";

  /** The share of each class; only in data sets with soft labels. */
  static final String SOFT = "soft.list.element";

  static final String LAMBDA = "lambda";
  static final String ID_A = "id_a";
  static final String ID_B = "id_b";
  static final String VIEW = "view";

  /** The footer's key under which {@code datasets} looks for {@link #features}. */
  static final String FEATURES_KEY = "huggingface";

  private final ShardContext context;
  private final List<Column> columns = new ArrayList<>();
  private final MessageType type;

  SampleColumns(ShardContext context) {
    this.context = context;
    addImage();
    columns.add(Column.int32(HEIGHT, MixedSample::height));
    columns.add(Column.int32(WIDTH, MixedSample::width));
    if (context.boxes()) {
      columns.add(ObjectColumns.of(classFeature(), context.labelOffset()));
    } else {
      addLabels();
    }
    columns.add(Column.float64(LAMBDA, MixedSample::lambda));
    columns.add(Column.string(ID_A, sample -> sample.first().utf8()));
    columns.add(Column.string(ID_B, sample -> sample.partner().utf8()));
    columns.add(Column.int32(VIEW, sample -> sample.place().view()));
    this.type = new MessageType("sample", columns.stream().map(Column::type).toList());
  }

  private void addImage() {
    if (holdsPixels()) {
      columns.add(Column.binary(PIXELS, MixedSample::image));
      columns.add(Column.string(KEY, SampleColumns::key));
    } else {
      columns.add(Column.image("image", "bytes", MixedSample::image, "path", SampleColumns::key));
    }
  }

  private void addLabels() {
    int offset = context.labelOffset();
    Feature feature = classFeature();
    columns.add(Column.label(LABEL, feature, offset, MixedSample::label));
    columns.add(Column.label(LABEL_A, feature, offset, MixedSample::labelA));
    columns.add(Column.label(LABEL_B, feature, offset, MixedSample::labelB));
    if (context.soft()) {
      columns.add(Column.float32List("soft", this::soft));
    }
  }

  private Feature classFeature() {
    int offset = context.labelOffset();
    return offset > ShardContext.MOST_OFFSET_WITH_NAMES
        ? new Value("int64")
        : new ClassLabel(names(context.classes(), offset));
  }

  /** The classes, and before them names for the numbers that the offset leaves out. */
  private static List<String> names(List<String> classes, int offset) {
    String unused = "unused-";
    while (anyStartsWith(classes, unused)) {
      unused = "_" + unused;
    }
    List<String> names = new ArrayList<>();
    for (int number = 0; number < offset; number++) {
      names.add(unused + number);
    }
    names.addAll(classes);
    return names;
  }

  private static boolean anyStartsWith(List<String> names, String start) {
    return names.stream().anyMatch(name -> name.startsWith(start));
  }

  private float[] soft(MixedSample sample) {
    if (sample.soft().length != context.classes().size()) {
      throw new IllegalArgumentException(
          sample.place().key() + " has a soft label of " + sample.soft().length + " classes");
    }
    return sample.soft();
  }

  private static byte[] key(MixedSample sample) {
    return sample.place().key().getBytes(StandardCharsets.UTF_8);
  }

  private boolean holdsPixels() {
    return context.imageFormat().equals("raw") || context.imageFormat().equals("float32");
  }

  /** The column of the images, encoded or as pixels. */
  String image() {
    return holdsPixels() ? PIXELS : IMAGE_BYTES;
  }

  /** The column of the records' keys. */
  String key() {
    return holdsPixels() ? KEY : IMAGE_PATH;
  }

  /** The columns as Parquet's schema. */
  MessageType type() {
    return type;
  }

  /** How many values a repeated column has in each row; empty where rows differ. */
  OptionalInt listSize() {
    return context.boxes() ? OptionalInt.empty() : OptionalInt.of(context.classes().size());
  }

  /** Writes one row. */
  void write(MixedSample sample, RecordConsumer out) {
    out.startMessage();
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).write(sample, i, out);
    }
    out.endMessage();
  }

  /** What {@code datasets} takes the columns for, as JSON on one line. */
  String features() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("info");
      json.writeObjectFieldStart("features");
      for (Column column : columns) {
        json.writeObjectFieldStart(column.type().getName());
        column.feature().writeFields(json);
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
