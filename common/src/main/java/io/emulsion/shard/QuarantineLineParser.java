package io.emulsion.shard;

import java.io.IOException;

/**
 * {@code {"id":"dog/1.jpg","reason":"TRUNCATED","message":"...","bytes":90112}}: one line, whatever
 * characters the id holds.
 */
public final class QuarantineLineParser {
  private QuarantineLineParser() {}

  /** The line, without a line break. */
  public static String toJson(QuarantineLine line) {
    return JsonText.object(
        json -> {
          json.writeStringField("id", line.id());
          json.writeStringField("reason", line.reason());
          json.writeStringField("message", line.message());
          json.writeNumberField("bytes", line.sizeBytes());
        });
  }

  /**
   * @throws DamagedShardException if {@code text} is not what {@link #toJson} made
   */
  public static QuarantineLine fromJson(String text) throws IOException {
    StrictJson json = new StrictJson(text, "A line of " + DataSetPaths.QUARANTINE_FOLDER);
    json.startObject();
    QuarantineLine line =
        new QuarantineLine(
            json.string("id"),
            json.string("reason"),
            json.string("message"),
            json.number("bytes", 0, Long.MAX_VALUE));
    json.endObject();
    json.end();
    return line;
  }
}
