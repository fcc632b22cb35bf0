package io.emulsion.spark.sink;

import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.FragmentWriter;
import io.emulsion.spark.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The fragment of the manifest that one task leaves. */
final class FragmentFile {
  private FragmentFile() {}

  /**
   * @param path relative to the output
   */
  static void write(Store output, String path, List<FragmentEntry> entries) throws IOException {
    try (OutputStream out = new BufferedOutputStream(output.create(path))) {
      FragmentWriter fragment = new FragmentWriter(out);
      for (FragmentEntry entry : entries) {
        fragment.add(entry);
      }
    }
  }
}
