package io.emulsion.spark.sink;

import io.emulsion.mix.Stage;
import io.emulsion.mix.StageTimes;
import io.emulsion.random.IdDigest;
import io.emulsion.shard.DoneShard;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * What one task attempt made: its folder, where a manifest fragment names every file, and the
 * counts that the driver checks. A class of plain fields, since it crosses the wire.
 */
public final class ShardCommitMessage implements WriterCommitMessage {
  private static final long serialVersionUID = 1;

  private final String folder;
  private int pass;
  private int shards;
  private int keptShards;
  private long keptRecords;
  private long inputs;
  private long bad;
  private long records;
  private long sizeBytes;
  private final IdDigest badDigest = new IdDigest();
  private final StageTimes times = new StageTimes();

  /**
   * @param folder of the attempt, relative to the output
   */
  ShardCommitMessage(String folder) {
    this.folder = folder;
  }

  /** Adds a finished shard of one pass. */
  void add(SampleRows.ShardEnd end, long shardRecords, long shardBytes) {
    pass = end.pass();
    shards++;
    inputs += end.inputs();
    bad += end.bad();
    records += shardRecords;
    sizeBytes += shardBytes;
    badDigest.add(end.badDigest());
    times.add(end.times());
  }

  /** Adds a shard that an earlier run made. */
  void add(DoneShard kept) {
    StageTimes took = new StageTimes();
    for (Stage stage : Stage.values()) {
      took.addNanos(stage, kept.nanos().getOrDefault(stage.label(), 0L));
    }
    add(
        new SampleRows.ShardEnd(
            kept.pass(), kept.inputs(), new IdDigest(), kept.bad(), kept.badDigest(), took),
        kept.records(),
        kept.sizeBytes());
    keptShards++;
    keptRecords += kept.records();
  }

  String folder() {
    return folder;
  }

  /** The manifest fragment, relative to the output. */
  String fragment() {
    return folder + "/fragment.jsonl";
  }

  /** All of an attempt's shards are of one pass. */
  int pass() {
    return pass;
  }

  int shards() {
    return shards;
  }

  /** Those of its shards that an earlier run made. */
  int keptShards() {
    return keptShards;
  }

  /** Of {@link #keptShards}, in one format. */
  long keptRecords() {
    return keptRecords;
  }

  /** Of its shards, bad ones included. */
  long inputs() {
    return inputs;
  }

  long bad() {
    return bad;
  }

  IdDigest badDigest() {
    return badDigest;
  }

  /** Of all its views, in one format. */
  long records() {
    return records;
  }

  /** Of all its shard files. */
  long sizeBytes() {
    return sizeBytes;
  }

  StageTimes times() {
    return times;
  }
}
