package io.emulsion.spark.sink;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.store.PendingFile;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bad inputs of one shard as a file, a line each. */
final class QuarantineFile {
  private QuarantineFile() {}

  /**
   * @param folder in which the attempt writes, relative to the output
   * @param path below it, and below the data set once it is published
   */
  static FragmentEntry write(Store output, String folder, String path, List<QuarantineLine> lines)
      throws IOException {
    try (PendingFile file = output.begin(DataSetPaths.below(folder, path))) {
      HashingOutputStream out = new HashingOutputStream(file);
      for (QuarantineLine line : lines) {
        out.write((QuarantineLineParser.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      file.finish();
      return new FragmentEntry(
          FragmentEntry.Kind.QUARANTINE,
          folder,
          new ShardInfo(path, lines.size(), out.sizeBytes(), out.sha256()),
          FragmentEntry.NOTHING);
    }
  }
}
