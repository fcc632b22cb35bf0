package io.emulsion.shard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.regex.Pattern;

/** {@code {"path":"labels.txt","records":0,"bytes":12,"sha256":"..."}}. */
final class ShardInfoParser {
  /**
   * Names below a folder. No colon: Hadoop takes what is before one for a scheme. No empty name and
   * none of dots alone, since files are deleted by these paths.
   */
  private static final Pattern PATH =
      Pattern.compile("(?!\\.{1,2}(/|$))[^/:\\p{Cntrl}]+(/(?!\\.{1,2}(/|$))[^/:\\p{Cntrl}]+)*");

  private ShardInfoParser() {}

  static boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  static String toJson(ShardInfo info) {
    return JsonText.object(json -> writeFields(info, json));
  }

  static void writeFields(ShardInfo info, JsonGenerator json) throws IOException {
    json.writeStringField("path", info.path());
    json.writeNumberField("records", info.records());
    json.writeNumberField("bytes", info.sizeBytes());
    json.writeStringField("sha256", info.sha256());
  }

  /** Reads the fields up to the end of the object that {@code json} is in. */
  static ShardInfo fromJson(StrictJson json) throws IOException {
    String path = json.string("path");
    if (!isPath(path)) {
      throw json.damaged("'" + path + "' is not the path of a file in the data set");
    }
    long records = json.number("records", 0, Long.MAX_VALUE);
    long sizeBytes = json.number("bytes", 0, Long.MAX_VALUE);
    String sha256 = json.sha256("sha256");
    json.endObject();
    return new ShardInfo(path, records, sizeBytes, sha256);
  }
}
