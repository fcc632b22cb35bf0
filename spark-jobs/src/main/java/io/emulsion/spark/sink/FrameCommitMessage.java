package io.emulsion.spark.sink;

import io.emulsion.mix.StageTimes;
import io.emulsion.random.IdDigest;
import io.emulsion.sample.Place;
import java.util.ArrayList;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * What one task attempt made of a data frame's rows. A class of plain fields, since it crosses the
 * wire.
 */
public final class FrameCommitMessage implements WriterCommitMessage {
  private static final long serialVersionUID = 1;

  private final ShardCommitMessage files;
  private final ArrayList<int[]> shards = new ArrayList<>();
  private final ArrayList<Long> records = new ArrayList<>();
  private final ArrayList<Integer> badShards = new ArrayList<>();
  private final IdDigest content = new IdDigest();
  private long bad;
  private int height;
  private int width;

  /**
   * @param folder of the attempt, relative to the output
   */
  FrameCommitMessage(String folder) {
    files = new ShardCommitMessage(folder);
  }

  /** Adds a finished shard of a view. */
  void add(int view, int shard, long shardRecords, long sizeBytes) {
    shards.add(new int[] {view, shard});
    records.add(shardRecords);
    files.add(
        new SampleRows.ShardEnd(
            0, shardRecords, new IdDigest(), 0, new IdDigest(), new StageTimes()),
        shardRecords,
        sizeBytes);
  }

  void addBad(int shard, long count) {
    badShards.add(shard);
    bad += count;
  }

  /** The size of all images. */
  void setSize(int imageHeight, int imageWidth) {
    height = imageHeight;
    width = imageWidth;
  }

  /** What the publisher takes. */
  ShardCommitMessage files() {
    return files;
  }

  int count() {
    return shards.size();
  }

  /** View and shard of the {@code i}-th finished shard; the position means nothing. */
  Place place(int i) {
    int[] shard = shards.get(i);
    return new Place(shard[0], shard[1], 0);
  }

  long records(int i) {
    return records.get(i);
  }

  /** The shards that have bad inputs. */
  Iterable<Integer> badShards() {
    return badShards;
  }

  long bad() {
    return bad;
  }

  /** Order-free, of all files. */
  IdDigest content() {
    return content;
  }

  /** In pixels; 0 if there was no sample. */
  int height() {
    return height;
  }

  int width() {
    return width;
  }
}
