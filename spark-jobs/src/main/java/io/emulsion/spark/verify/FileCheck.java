package io.emulsion.spark.verify;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardReader;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.verify.Draws.Drawn;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one file of a data set against what the manifest says of it. */
final class FileCheck {
  private final Store dataSet;
  private final ShardContext context;
  private final @Nullable Draws draws;

  /**
   * @param draws null where they cannot be made again
   */
  FileCheck(Store dataSet, ShardContext context, @Nullable Draws draws) {
    this.dataSet = dataSet;
    this.context = context;
    this.draws = draws;
  }

  /** What is wrong with {@code file}; null if nothing is. */
  @Nullable String damage(ShardInfo file) throws IOException {
    String damage;
    try {
      damage = damageOfBytes(file);
      if (damage == null) {
        damage = damageOfRecords(file);
      }
    } catch (FileNotFoundException e) {
      damage = "is missing";
    } catch (DamagedShardException e) {
      damage = e.getMessage();
    }
    return damage == null ? null : file.path() + ": " + damage;
  }

  private @Nullable String damageOfBytes(ShardInfo file) throws IOException {
    try (InputStream in = dataSet.open(file.path());
        HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream())) {
      in.transferTo(hash);
      if (hash.sizeBytes() != file.sizeBytes()) {
        return String.format(
            "has %d bytes, the manifest says %d", hash.sizeBytes(), file.sizeBytes());
      }
      String sha256 = hash.sha256();
      return sha256.equals(file.sha256())
          ? null
          : "its SHA-256 is " + sha256 + ", the manifest says " + file.sha256();
    }
  }

  private @Nullable String damageOfRecords(ShardInfo file) throws IOException {
    if (file.path().equals(DataSetPaths.LABELS) || file.path().equals(DataSetPaths.README)) {
      return null;
    }
    if (file.path().startsWith(DataSetPaths.QUARANTINE_FOLDER)) {
      return wrongCount(quarantined(dataSet, file).size(), file);
    }
    SameBoxes boxes = new SameBoxes();
    List<Drawn> records = records(file, boxes);
    String wrong = wrongCount(records.size(), file);
    if (wrong == null) {
      wrong = boxes.damage();
    }
    if (wrong != null || draws == null) {
      return wrong;
    }
    ShardPlace place = ShardPlace.of(file.path());
    return draws.damage(place.view(), place.shard(), records);
  }

  private static @Nullable String wrongCount(long records, ShardInfo file) {
    return records == file.records()
        ? null
        : String.format("has %d records, the manifest says %d", records, file.records());
  }

  private List<Drawn> records(ShardInfo file, SameBoxes boxes) throws IOException {
    String format = file.path().substring(0, file.path().indexOf('/'));
    try (Store.OpenFile in = dataSet.openFile(file.path())) {
      ShardReader reader = ShardFormats.named(format).reader(in, context);
      List<Drawn> records = new ArrayList<>();
      for (MixedSample sample = reader.next(); sample != null; sample = reader.next()) {
        records.add(Drawn.of(sample));
        boxes.add(sample);
      }
      return records;
    }
  }

  /** The ids that a quarantine file lists. */
  static List<String> quarantined(Store dataSet, ShardInfo file) throws IOException {
    String text = new String(dataSet.read(file.path()), StandardCharsets.UTF_8);
    List<String> ids = new ArrayList<>();
    for (String line : text.lines().toList()) {
      ids.add(QuarantineLineParser.fromJson(line).id());
    }
    return ids;
  }
}
