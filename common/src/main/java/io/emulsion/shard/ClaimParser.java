package io.emulsion.shard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@link Claim} to and from JSON: one line, UTF-8. */
public final class ClaimParser {
  private ClaimParser() {}

  public static byte[] toJson(Claim claim) {
    String line =
        JsonText.object(
            json -> {
              json.writeStringField("token", claim.token());
              json.writeStringField("held", Boolean.toString(claim.held()));
              json.writeStringField("host", claim.process().host());
              json.writeStringField("place", claim.process().place());
              json.writeNumberField("pid", claim.process().pid());
              json.writeNumberField("started", claim.process().started());
              json.writeStringField("since", claim.since());
              json.writeNumberField("beats", claim.beats());
              json.writeArrayFieldStart("over");
              for (String token : claim.over()) {
                json.writeString(token);
              }
              json.writeEndArray();
            });
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param name of the file, for errors
   * @throws DamagedShardException if {@code bytes} are not what {@link #toJson} made: a claim that
   *     is just being written is cut short
   */
  public static Claim fromJson(byte[] bytes, String name) throws IOException {
    StrictJson json = new StrictJson(new ByteArrayInputStream(bytes), name);
    json.startObject();
    String token = json.string("token");
    boolean held = json.string("held").equals("true");
    Claim.Holder process =
        new Claim.Holder(
            json.string("host"),
            json.string("place"),
            json.number("pid", 0, Long.MAX_VALUE),
            json.number("started", 0, Long.MAX_VALUE));
    String since = json.string("since");
    long beats = json.number("beats", 0, Long.MAX_VALUE);
    List<String> over = new ArrayList<>();
    json.startArray("over");
    for (String dead = json.nextString(); dead != null; dead = json.nextString()) {
      over.add(dead);
    }
    json.endObject();
    json.end();
    return new Claim(token, held, process, since, beats, over);
  }
}
