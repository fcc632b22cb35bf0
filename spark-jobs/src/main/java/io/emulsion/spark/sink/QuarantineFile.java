package io.emulsion.spark.sink;

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
   * @param prefix of the paths that the attempt writes
   * @param path behind it, and below the data set once it is published
   */
  static ShardInfo write(Store output, String prefix, String path, List<QuarantineLine> lines)
      throws IOException {
    try (PendingFile file = output.begin(prefix + path)) {
      HashingOutputStream out = new HashingOutputStream(file);
      for (QuarantineLine line : lines) {
        out.write((QuarantineLineParser.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      file.finish();
      return new ShardInfo(path, lines.size(), out.sizeBytes(), out.sha256());
    }
  }
}
