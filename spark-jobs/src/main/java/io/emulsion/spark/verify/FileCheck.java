package io.emulsion.spark.verify;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FolderReader;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.Listings;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.shard.ShardReader;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.verify.Draws.Drawn;
import java.io.BufferedOutputStream;
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
  private final Expected expected;
  private long recordFileBytes;

  FileCheck(Store dataSet, Expected expected) {
    this.dataSet = dataSet;
    this.expected = expected;
  }

  /** What is wrong with {@code file} and the files that it names, a sentence each. */
  List<String> damages(ShardInfo file) throws IOException {
    List<String> ofRecordFiles = new ArrayList<>();
    String damage;
    try {
      damage = damageOfBytes(file);
      if (damage == null) {
        damage = damageOfContent(file, ofRecordFiles);
      }
    } catch (FileNotFoundException e) {
      damage = "is missing";
    } catch (DamagedShardException e) {
      damage = e.getMessage();
    }
    if (damage != null) {
      ofRecordFiles.add(0, file.path() + ": " + damage);
    }
    return ofRecordFiles;
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

  private @Nullable String damageOfContent(ShardInfo file, List<String> ofRecordFiles)
      throws IOException {
    if (file.path().equals(DataSetPaths.LABELS) || file.path().equals(DataSetPaths.README)) {
      return null;
    }
    if (file.path().startsWith(DataSetPaths.QUARANTINE_FOLDER)) {
      return wrongCount(quarantined(dataSet, file).size(), file);
    }
    for (ShardNames ofFormat : expected.names()) {
      if (Listings.covers(ofFormat, file.path())) {
        return damageOfListing(file, ofFormat);
      }
    }
    SameBoxes boxes = new SameBoxes(expected.minWeight());
    List<Drawn> records = records(file, boxes, ofRecordFiles);
    String wrong = wrongCount(records.size(), file);
    if (wrong == null) {
      wrong = boxes.damage();
    }
    Draws draws = expected.draws();
    if (wrong != null || draws == null) {
      return wrong;
    }
    ShardPlace place = ShardPlace.of(file.path());
    return draws.damage(place.view(), place.shard(), records);
  }

  /** A listing must be what the indexes make; what is wrong with these is said of them. */
  private @Nullable String damageOfListing(ShardInfo file, ShardNames ofFormat) throws IOException {
    try (HashingOutputStream hash =
        new HashingOutputStream(new BufferedOutputStream(OutputStream.nullOutputStream()))) {
      Listings.write(file.path(), ofFormat, dataSet::open, expected.context(), hash);
      return hash.sha256().equals(file.sha256()) ? null : "is not what the shards' indexes make";
    } catch (FileNotFoundException | DamagedShardException e) {
      return null;
    }
  }

  private static @Nullable String wrongCount(long records, ShardInfo file) {
    return records == file.records()
        ? null
        : String.format("has %d records, the manifest says %d", records, file.records());
  }

  private List<Drawn> records(ShardInfo file, SameBoxes boxes, List<String> ofRecordFiles)
      throws IOException {
    String format = file.path().substring(0, file.path().indexOf('/'));
    try (Store.OpenFile in = dataSet.openFile(file.path())) {
      ShardReader reader = ShardFormats.named(format).reader(in, expected.context());
      RecordFilesCheck recordFiles = new RecordFilesCheck(dataSet, file.path());
      List<Drawn> records = new ArrayList<>();
      for (MixedSample sample = reader.next(); sample != null; sample = reader.next()) {
        records.add(Drawn.of(sample));
        boxes.add(sample);
        if (reader instanceof FolderReader folders) {
          recordFiles.check(folders);
        }
      }
      ofRecordFiles.addAll(recordFiles.damages());
      recordFileBytes += recordFiles.sizeBytes();
      return records;
    }
  }

  /** Of all records' files that were read so far. */
  long recordFileBytes() {
    return recordFileBytes;
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
