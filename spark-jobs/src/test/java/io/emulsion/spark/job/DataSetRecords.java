package io.emulsion.spark.job;

import io.emulsion.label.LabelsFile;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardReader;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Reads a data set of JPEGs back. */
final class DataSetRecords {
  private DataSetRecords() {}

  /** The samples of one shard. */
  static List<MixedSample> ofShard(Path dataSet, String shard) throws IOException {
    List<String> classes = LabelsFile.parse(Files.readAllBytes(dataSet.resolve("labels.txt")));
    List<MixedSample> samples = new ArrayList<>();
    Store store = Store.of(dataSet.toString(), new Configuration());
    try (Store.OpenFile in = store.openFile(shard)) {
      ShardReader reader =
          ShardFormats.named("tfrecord").reader(in, new ShardContext(classes, "jpeg", 0, false));
      for (MixedSample s = reader.next(); s != null; s = reader.next()) {
        samples.add(s);
      }
    }
    return samples;
  }

  /** The samples of one view. */
  static List<MixedSample> ofView(Path dataSet, int view) throws IOException {
    List<MixedSample> samples = new ArrayList<>();
    for (String file : Folders.dataFiles(dataSet)) {
      if (file.startsWith(String.format("tfrecord/view-%03d/", view))) {
        samples.addAll(ofShard(dataSet, file));
      }
    }
    return samples;
  }

  /** All quarantine lines, file by file. */
  static List<QuarantineLine> quarantine(Path dataSet) throws IOException {
    List<QuarantineLine> lines = new ArrayList<>();
    for (String file : Folders.dataFiles(dataSet)) {
      if (file.endsWith(".jsonl")) {
        for (String line : Files.readAllLines(dataSet.resolve(file), StandardCharsets.UTF_8)) {
          lines.add(QuarantineLineParser.fromJson(line));
        }
      }
    }
    return lines;
  }
}
