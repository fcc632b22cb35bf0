package io.emulsion.shard.parquet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What Hugging Face's {@code datasets} takes a column for. */
sealed interface Feature {
  /** Writes the fields of the feature's JSON object. */
  void writeFields(JsonGenerator json) throws IOException;

  /** An encoded image: {@code struct<bytes: binary, path: string>}, in this order. */
  record ImageFeature() implements Feature {
    @Override
    public void writeFields(JsonGenerator json) throws IOException {
      json.writeStringField("_type", "Image");
    }
  }

  /**
   * The number of a class, an int64.
   *
   * @param names by number from 0; each only once, else {@code datasets} refuses the file
   */
  record ClassLabel(List<String> names) implements Feature {
    @Override
    public void writeFields(JsonGenerator json) throws IOException {
      json.writeArrayFieldStart("names");
      for (String name : names) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeStringField("_type", "ClassLabel");
    }
  }

  /**
   * A plain value.
   *
   * @param dtype Arrow's name of its type
   */
  record Value(String dtype) implements Feature {
    @Override
    public void writeFields(JsonGenerator json) throws IOException {
      json.writeStringField("dtype", dtype);
      json.writeStringField("_type", "Value");
    }
  }

  /**
   * Named features together.
   *
   * @param fields in the order of the Parquet group's
   */
  record StructFeature(List<Named> fields) implements Feature {
    @Override
    public void writeFields(JsonGenerator json) throws IOException {
      for (Named field : fields) {
        json.writeObjectFieldStart(field.name());
        field.feature().writeFields(json);
        json.writeEndObject();
      }
    }
  }

  /** A feature of a {@link StructFeature}. */
  record Named(String name, Feature feature) {}

  /** Any number of {@code element}: given a length, {@code datasets} would not know the column. */
  record ListFeature(Feature element) implements Feature {
    @Override
    public void writeFields(JsonGenerator json) throws IOException {
      json.writeObjectFieldStart("feature");
      element.writeFields(json);
      json.writeEndObject();
      json.writeStringField("_type", "List");
    }
  }
}
