package io.emulsion.spark.verify;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardReader;
import io.emulsion.spark.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks one file of a data set against what the manifest says of it. */
final class FileCheck {
  private final Store dataSet;
  private final ShardContext context;

  FileCheck(Store dataSet, ShardContext context) {
    this.dataSet = dataSet;
    this.context = context;
  }

  /** What is wrong with {@code file}; null if nothing is. */
  @Nullable String damage(ShardInfo file) throws IOException {
    try {
      String damage = damageOfBytes(file);
      if (damage != null) {
        return file.path() + ": " + damage;
      }
      long records = records(file);
      return records == file.records()
          ? null
          : String.format(
              "%s: has %d records, the manifest says %d", file.path(), records, file.records());
    } catch (FileNotFoundException e) {
      return file.path() + ": is missing";
    } catch (DamagedShardException e) {
      return file.path() + ": " + e.getMessage();
    }
  }

  private @Nullable String damageOfBytes(ShardInfo file) throws IOException {
    try (InputStream in = dataSet.open(file.path());
        HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream())) {
      in.transferTo(hash);
      if (hash.sizeBytes() != file.sizeBytes()) {
        return String.format(
            "has %d bytes, the manifest says %d", hash.sizeBytes(), file.sizeBytes());
      }
      return hash.sha256().equals(file.sha256())
          ? null
          : "its SHA-256 is " + hash.sha256() + ", the manifest says " + file.sha256();
    }
  }

  private long records(ShardInfo file) throws IOException {
    int slash = file.path().indexOf('/');
    if (slash < 0) {
      return 0; // labels.txt and README.md hold no records
    }
    if (file.path().endsWith(".jsonl")) {
      return quarantineLines(file);
    }
    ShardFormat format = ShardFormats.named(file.path().substring(0, slash));
    try (Store.OpenFile in = dataSet.openFile(file.path())) {
      ShardReader reader = format.reader(in, context);
      long records = 0;
      for (MixedSample sample = reader.next(); sample != null; sample = reader.next()) {
        records++;
      }
      return records;
    }
  }

  private long quarantineLines(ShardInfo file) throws IOException {
    String text = new String(dataSet.read(file.path()), StandardCharsets.UTF_8);
    long lines = 0;
    for (String line : text.lines().toList()) {
      QuarantineLineParser.fromJson(line);
      lines++;
    }
    return lines;
  }
}
