package io.emulsion.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fragment of the manifest that one task leaves: a line of JSON a finished file, UTF-8.
 * Whoever takes it must know its size or hash: a fragment cut between two lines looks whole.
 */
public final class FragmentWriter {
  private final OutputStream out;

  /**
   * @param out should be buffered; the caller closes it
   */
  public FragmentWriter(OutputStream out) {
    this.out = out;
  }

  public void add(FragmentEntry entry) throws IOException {
    String line = JsonText.object(json -> FragmentEntryParser.writeFields(entry, json));
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
