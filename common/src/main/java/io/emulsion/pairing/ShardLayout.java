package io.emulsion.pairing;

import java.io.Serializable;

/**
 * How many shards a view has, and which one each rank falls into. Depends on the number of inputs
 * alone, never on the cluster.
 *
 * @param shards in a view, at least 1
 */
public record ShardLayout(int shards) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long AUTO_SHARDS = 64;
  private static final long AUTO_LEAST = 512;
  private static final long AUTO_MOST = 4096;

  /**
   * @param count of inputs, bad ones included
   * @param shardSamples wanted mean size of a shard; 0 chooses one: a 64th of the set, but from 512
   *     to 4096
   */
  public static ShardLayout of(long count, int shardSamples) {
    long size = shardSamples == 0 ? autoShardSamples(count) : shardSamples;
    return new ShardLayout(Math.toIntExact(Math.max(1, ceilDiv(count, size))));
  }

  private static long autoShardSamples(long count) {
    return Math.min(AUTO_MOST, Math.max(AUTO_LEAST, ceilDiv(count, AUTO_SHARDS)));
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * @param rank unsigned: the first half of a {@link io.emulsion.random.Purpose#RANK} key
   */
  public int shardOf(long rank) {
    return (int) (((rank >>> 32) * shards) >>> 32);
  }
}
