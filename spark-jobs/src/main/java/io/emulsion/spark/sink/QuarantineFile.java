package io.emulsion.spark.sink;

import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bad inputs of one shard as a file, a line each. */
final class QuarantineFile {
  private QuarantineFile() {}

  /**
   * @param folder of the attempt, relative to the output
   * @param path below it, and below the data set once it is published
   */
  static FragmentEntry write(Store output, String folder, String path, List<QuarantineLine> lines)
      throws IOException {
    try (HashingOutputStream out = new HashingOutputStream(output.create(folder + "/" + path))) {
      for (QuarantineLine line : lines) {
        out.write((QuarantineLineParser.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      return new FragmentEntry(
          FragmentEntry.Kind.QUARANTINE,
          folder,
          new ShardInfo(path, lines.size(), out.sizeBytes(), out.sha256()),
          FragmentEntry.NOTHING);
    }
  }
}
