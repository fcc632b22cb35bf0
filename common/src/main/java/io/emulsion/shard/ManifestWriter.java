package io.emulsion.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a manifest: JSON in UTF-8 with keys in a fixed order and a line a file, for diff and grep.
 * Holds no file longer than it takes to write its line. Call {@link #addFile} for each file, then
 * {@link #addQuarantineFile} for each of those, then {@link #finish}.
 *
 * <p>The last key, {@code sha256}, is the SHA-256 of all bytes before the line it stands in, that
 * is up to and with the line break before it: {@code head -n -2 manifest.json | sha256sum}.
 */
public final class ManifestWriter {
  /** Changes when old readers cannot read new manifests. */
  static final int LAYOUT = 1;

  private enum Section {
    FILES,
    QUARANTINE,
    FINISHED
  }

  private final OutputStream out;
  private final HashingOutputStream hashing;
  private Section section = Section.FILES;
  private String separator = "\n";

  /**
   * Writes the header.
   *
   * @param out should be buffered; the caller closes it
   */
  public ManifestWriter(OutputStream out, ManifestHeader header) throws IOException {
    this.out = out;
    this.hashing = new HashingOutputStream(out);
    put(
        """
        {
          "emulsion": %s,
          "format": %d,
          "fingerprint": %s,
          "options": {%s
          },
          "inputs": %d,
          "quarantined": %d,
          "classes": %d,
          "views": %d,
          "shards": %d,
          "formats": [%s],
          "split": %s,
          "files": ["""
            .formatted(
                JsonText.quoted(header.emulsion()),
                LAYOUT,
                JsonText.quoted(header.fingerprint()),
                options(header.options()),
                header.inputs(),
                header.quarantined(),
                header.classes(),
                header.views(),
                header.shards(),
                formats(header.formats()),
                JsonText.quoted(header.split())));
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(
            option ->
                "\n    "
                    + JsonText.quoted(option.getKey())
                    + ": "
                    + JsonText.quoted(option.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String formats(List<String> formats) {
    return formats.stream().map(JsonText::quoted).collect(Collectors.joining(", "));
  }

  /** Adds a file of the data set. */
  public void addFile(ShardInfo file) throws IOException {
    if (section != Section.FILES) {
      throw new IllegalStateException("Files come before quarantine files");
    }
    put(file);
  }

  /** Adds a file that lists inputs which could not be used. */
  public void addQuarantineFile(ShardInfo file) throws IOException {
    enterQuarantine();
    put(file);
  }

  /** Writes the end and flushes. */
  public void finish() throws IOException {
    enterQuarantine();
    put("\n  ],\n");
    section = Section.FINISHED;
    out.write(trailer(hashing.sha256()).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void enterQuarantine() throws IOException {
    if (section == Section.FINISHED) {
      throw new IllegalStateException("The manifest is finished");
    }
    if (section == Section.FILES) {
      put("\n  ],\n  \"quarantine\": [");
      section = Section.QUARANTINE;
      separator = "\n";
    }
  }

  /** The end of a manifest: the only bytes that its hash is not of. */
  static String trailer(String sha256) {
    return "  \"sha256\": " + JsonText.quoted(sha256) + "\n}\n";
  }

  private void put(ShardInfo file) throws IOException {
    put(separator + "    " + ShardInfoParser.toJson(file));
    separator = ",\n";
  }

  private void put(String text) throws IOException {
    hashing.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
