package io.emulsion.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ManifestWriter} wrote, file by file. Only {@link #finish} tells that all of
 * it is as it was written: until then nothing irrevocable may follow from what was read.
 */
public final class ManifestReader {
  private static final int TRAILER_BYTES =
      ManifestWriter.trailer("0".repeat(Sha256.HEX_DIGITS)).length();

  private enum Section {
    FILES,
    QUARANTINE,
    ALL_READ
  }

  private final TailInputStream in;
  private final StrictJson json;
  private final ManifestHeader header;
  private Section section = Section.FILES;

  /**
   * Reads the header.
   *
   * @param in the whole manifest; the caller closes it
   * @throws DamagedShardException if the bytes are not what a {@link ManifestWriter} wrote
   */
  public ManifestReader(InputStream in) throws IOException {
    this.in = new TailInputStream(in, TRAILER_BYTES);
    this.json = new StrictJson(this.in, DataSetPaths.MANIFEST);
    this.header = readHeader();
    json.startArray("files");
  }

  private ManifestHeader readHeader() throws IOException {
    json.startObject();
    String emulsion = json.string("emulsion");
    int layout = json.integer("format", 1);
    if (layout != ManifestWriter.LAYOUT) {
      throw json.damaged("its layout is " + layout + ": read it with Emulsion " + emulsion);
    }
    return new ManifestHeader(
        emulsion,
        json.string("fingerprint"),
        readOptions(),
        json.number("inputs", 0, Long.MAX_VALUE),
        json.number("quarantined", 0, Long.MAX_VALUE),
        json.integer("classes", 0),
        json.integer("views", 1),
        json.integer("shards", 1),
        readFormats(),
        json.string("split"));
  }

  private SortedMap<String, String> readOptions() throws IOException {
    SortedMap<String, String> options = new TreeMap<>();
    json.startObject("options");
    String key = json.nextKey();
    while (key != null) {
      if (!options.isEmpty() && options.lastKey().compareTo(key) >= 0) {
        throw json.damaged("option '" + key + "' must not follow '" + options.lastKey() + "'");
      }
      options.put(key, json.string());
      key = json.nextKey();
    }
    return options;
  }

  private List<String> readFormats() throws IOException {
    List<String> formats = new ArrayList<>();
    json.startArray("formats");
    String format = json.nextString();
    while (format != null) {
      formats.add(format);
      format = json.nextString();
    }
    return formats;
  }

  public ManifestHeader header() {
    return header;
  }

  /**
   * The next file of the data set; null after the last.
   *
   * @throws DamagedShardException if the bytes are not what a {@link ManifestWriter} wrote
   */
  public @Nullable ShardInfo nextFile() throws IOException {
    if (section != Section.FILES) {
      return null;
    }
    if (json.nextObject()) {
      return ShardInfoParser.fromJson(json);
    }
    json.startArray("quarantine");
    section = Section.QUARANTINE;
    return null;
  }

  /**
   * The next file that lists unusable inputs; null after the last. Passes over files of the data
   * set that were not read.
   *
   * @throws DamagedShardException if the bytes are not what a {@link ManifestWriter} wrote
   */
  public @Nullable ShardInfo nextQuarantineFile() throws IOException {
    while (nextFile() != null) {
      // passed over
    }
    if (section == Section.ALL_READ) {
      return null;
    }
    if (json.nextObject()) {
      return ShardInfoParser.fromJson(json);
    }
    section = Section.ALL_READ;
    return null;
  }

  /**
   * Passes over what was not read and checks the manifest's hash.
   *
   * @throws DamagedShardException if the bytes are not what a {@link ManifestWriter} wrote
   */
  public void finish() throws IOException {
    while (nextQuarantineFile() != null) {
      // passed over
    }
    json.sha256("sha256");
    json.endObject();
    json.end(); // reads to the end of the stream
    String sha256 = in.sha256();
    byte[] expected = ManifestWriter.trailer(sha256).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(in.tail(), expected)) {
      throw new DamagedShardException(
          DataSetPaths.MANIFEST
              + " is damaged: its SHA-256 is not the one it ends with, "
              + sha256);
    }
  }
}
