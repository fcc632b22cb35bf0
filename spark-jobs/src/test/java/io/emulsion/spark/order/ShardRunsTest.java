package io.emulsion.spark.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardRunsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 2, 6", "1, 10000, 10000", "2, 10001, 20000", "1, 2441407, 10000"})
  void everyShardOfEveryPassHasOneTask(int passes, int shards, int partitions) {
    ShardRuns runs = new ShardRuns(passes, shards);
    assertThat(runs.numPartitions()).isEqualTo(partitions);
    int next = 0;
    for (int partition = 0; partition < partitions; partition++) {
      int pass = runs.passOf(partition);
      assertThat(runs.firstShard(partition)).isEqualTo(next);
      for (int shard = next; shard < runs.endShard(partition); shard++) {
        if (runs.getPartition(key(pass, shard)) != partition) {
          assertThat(runs.getPartition(key(pass, shard)))
              .as("shard %d", shard)
              .isEqualTo(partition);
        }
      }
      next = runs.endShard(partition) == shards ? 0 : runs.endShard(partition);
    }
    assertThat(runs.passOf(partitions - 1)).isEqualTo(passes - 1);
    assertThat(runs.endShard(partitions - 1)).isEqualTo(shards);
  }

  @Test
  void runsDifferByOneShardAtTheMost() {
    ShardRuns runs = new ShardRuns(1, 25_003);
    for (int partition = 0; partition < runs.numPartitions(); partition++) {
      assertThat(runs.endShard(partition) - runs.firstShard(partition)).isBetween(2, 3);
    }
  }

  @Test
  void passesThatAreThereHaveNoTask() {
    ShardRuns runs = new ShardRuns(2, 5, 7);
    assertThat(runs.numPartitions()).isEqualTo(21);
    for (int partition = 0; partition < 21; partition++) {
      int pass = 2 + partition / 7;
      assertThat(runs.passOf(partition)).isEqualTo(pass);
      assertThat(runs.getPartition(key(pass, partition % 7))).isEqualTo(partition);
    }
  }

  private static RankedReference key(int pass, int shard) {
    return new RankedReference(pass, shard, 0, new ImageReference(new ImageId("a"), 0, 0, 0, 0));
  }
}
