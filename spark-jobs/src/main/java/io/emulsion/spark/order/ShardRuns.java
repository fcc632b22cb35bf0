package io.emulsion.spark.order;

import org.apache.spark.Partitioner;

/**
 * Which task makes which shards: each partition is a run of consecutive shards of one pass. Which
 * shards share a task never shows in the bytes.
 */
public final class ShardRuns extends Partitioner {
  private static final long serialVersionUID = 1;

  /** Tasks of a pass at the most: what a driver follows with ease. */
  private static final int MAX_TASKS = 10_000;

  private final int firstPass;
  private final int passes;
  private final int shards;
  private final int runs;

  /**
   * @param shards in a pass
   */
  public ShardRuns(int passes, int shards) {
    this(0, passes, shards);
  }

  /**
   * @param firstPass that is made; the ones before are there
   * @param passes after the last that is made
   */
  public ShardRuns(int firstPass, int passes, int shards) {
    this.firstPass = firstPass;
    this.passes = passes;
    this.shards = shards;
    this.runs = Math.min(shards, MAX_TASKS);
  }

  @Override
  public int numPartitions() {
    return (passes - firstPass) * runs;
  }

  @Override
  public int getPartition(Object key) {
    Ranked ranked = (Ranked) key;
    return (ranked.pass() - firstPass) * runs + runOf(ranked.shard());
  }

  /** The first pass that is made. */
  int firstPass() {
    return firstPass;
  }

  /** The pass after the last that is made. */
  int endPass() {
    return passes;
  }

  public int passOf(int partition) {
    return firstPass + partition / runs;
  }

  /** The first shard of a partition. */
  public int firstShard(int partition) {
    return start(partition % runs);
  }

  /** The shard after the last of a partition. */
  public int endShard(int partition) {
    return start(partition % runs + 1);
  }

  private int start(int run) {
    return (int) ((long) run * shards / runs);
  }

  /** The run whose start is the last not above {@code shard}. */
  private int runOf(int shard) {
    return (int) ((((long) shard + 1) * runs - 1) / shards);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardRuns o
        && o.firstPass == firstPass
        && o.passes == passes
        && o.shards == shards;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * firstPass + passes) + shards;
  }
}
