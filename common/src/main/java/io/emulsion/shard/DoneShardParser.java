package io.emulsion.shard;

import io.emulsion.random.IdDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link DoneShard} to and from two lines: JSON in UTF-8, and the SHA-256 of that line. So a file
 * that was cut, or changed later, is told from one that is whole.
 */
public final class DoneShardParser {
  private DoneShardParser() {}

  public static byte[] toJson(DoneShard done) {
    String line =
        JsonText.object(
            json -> {
              json.writeNumberField("pass", done.pass());
              json.writeNumberField("shard", done.shard());
              json.writeNumberField("inputs", done.inputs());
              json.writeStringField("listed", done.listed());
              json.writeNumberField("bad", done.bad());
              json.writeNumberField("bad_digest_high", done.badDigest().high());
              json.writeNumberField("bad_digest_low", done.badDigest().low());
              json.writeNumberField("records", done.records());
              json.writeNumberField("bytes", done.sizeBytes());
              json.writeArrayFieldStart("nanos");
              for (Map.Entry<String, Long> stage : done.nanos().entrySet()) {
                json.writeStartObject();
                json.writeStringField("stage", stage.getKey());
                json.writeNumberField("nanos", stage.getValue());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeArrayFieldStart("files");
              for (FragmentEntry file : done.files()) {
                json.writeStartObject();
                FragmentEntryParser.writeFields(file, json);
                json.writeEndObject();
              }
              json.writeEndArray();
            });
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    byte[] end = end(utf8);
    byte[] whole = Arrays.copyOf(utf8, utf8.length + end.length);
    System.arraycopy(end, 0, whole, utf8.length, end.length);
    return whole;
  }

  private static byte[] end(byte[] line) {
    return ("\n" + Sha256.of(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param name of the file, for errors
   * @throws DamagedShardException if {@code bytes} are not what {@link #toJson} made
   */
  public static DoneShard fromJson(byte[] bytes, String name) throws IOException {
    byte[] line = Arrays.copyOf(bytes, Math.max(0, bytes.length - end(bytes).length));
    byte[] end = Arrays.copyOfRange(bytes, line.length, bytes.length);
    if (!Arrays.equals(end, end(line))) {
      throw new DamagedShardException(
          name + " is damaged: its SHA-256 is not the one it ends with");
    }
    StrictJson json = new StrictJson(new ByteArrayInputStream(line), name);
    json.startObject();
    DoneShard done =
        new DoneShard(
            json.integer("pass", 0),
            json.integer("shard", 0),
            json.number("inputs", 0, Long.MAX_VALUE),
            json.string("listed"),
            json.number("bad", 0, Long.MAX_VALUE),
            new IdDigest(anyNumber("bad_digest_high", json), anyNumber("bad_digest_low", json)),
            json.number("records", 0, Long.MAX_VALUE),
            json.number("bytes", 0, Long.MAX_VALUE),
            readNanos(json),
            readFiles(json));
    json.endObject();
    json.end();
    return done;
  }

  private static long anyNumber(String key, StrictJson json) throws IOException {
    return json.number(key, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static SortedMap<String, Long> readNanos(StrictJson json) throws IOException {
    SortedMap<String, Long> nanos = new TreeMap<>();
    json.startArray("nanos");
    while (json.nextObject()) {
      nanos.put(json.string("stage"), json.number("nanos", 0, Long.MAX_VALUE));
      json.endObject();
    }
    return nanos;
  }

  private static List<FragmentEntry> readFiles(StrictJson json) throws IOException {
    List<FragmentEntry> files = new ArrayList<>();
    json.startArray("files");
    while (json.nextObject()) {
      files.add(FragmentEntryParser.fromJson(json));
    }
    return files;
  }
}
