package io.emulsion.shard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@link PublishRecord} to and from JSON: one line, UTF-8. */
public final class PublishRecordParser {
  private PublishRecordParser() {}

  /** The content of {@link DataSetPaths#PUBLISHING}. */
  public static byte[] toJson(PublishRecord publishing) {
    String line =
        JsonText.object(
            json -> {
              json.writeStringField("fingerprint", publishing.fingerprint());
              json.writeArrayFieldStart("covers");
              for (ShardNames names : publishing.covers()) {
                write(names, json);
              }
              json.writeEndArray();
            });
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ShardNames names, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", names.format());
    json.writeStringField("extension", names.extension());
    json.writeStringField("split", names.split());
    json.writeNumberField("views", names.views());
    json.writeNumberField("shards", names.shards());
    json.writeEndObject();
  }

  /**
   * @throws DamagedShardException if {@code bytes} are not what {@link #toJson} made
   */
  public static PublishRecord fromJson(byte[] bytes) throws IOException {
    StrictJson json = new StrictJson(new ByteArrayInputStream(bytes), DataSetPaths.PUBLISHING);
    json.startObject();
    String fingerprint = json.string("fingerprint");
    List<ShardNames> covers = new ArrayList<>();
    json.startArray("covers");
    while (json.nextObject()) {
      covers.add(readNames(json));
    }
    json.endObject();
    json.end();
    return new PublishRecord(fingerprint, covers);
  }

  private static ShardNames readNames(StrictJson json) throws IOException {
    ShardNames names =
        new ShardNames(
            readName("format", json),
            readName("extension", json),
            readName("split", json),
            json.integer("views", 1),
            json.integer("shards", 1));
    json.endObject();
    return names;
  }

  /** Part of a file name; a slash would make it cover other folders. */
  private static String readName(String key, StrictJson json) throws IOException {
    String name = json.string(key);
    if (name.isEmpty() || name.contains("/") || name.equals(".") || name.equals("..")) {
      throw json.damaged(key + " is '" + name + "', not a name");
    }
    return name;
  }
}
