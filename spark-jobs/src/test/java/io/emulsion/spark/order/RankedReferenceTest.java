package io.emulsion.spark.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedReferenceTest {
  @Test
  void isOrderedByPassShardUnsignedRankAndId() {
    List<RankedReference> sorted =
        List.of(
            ranked(0, 0, 1, "b"),
            ranked(0, 0, Long.MAX_VALUE, "a"),
            ranked(0, 0, Long.MIN_VALUE, "a"), // 2^63 as an unsigned number
            ranked(0, 0, -1, "Z"),
            ranked(0, 0, -1, "a"),
            ranked(0, 0, -1, "\uff21"),
            ranked(0, 0, -1, "\ud83d\ude00"), // after U+FF21 in UTF-8, before it in UTF-16
            ranked(0, 1, 0, "a"),
            ranked(0, 10, 0, "a"),
            ranked(1, 0, 0, "a"));
    List<RankedReference> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(sorted);
  }

  private static RankedReference ranked(int pass, int shard, long rank, String id) {
    return new RankedReference(pass, shard, rank, new ImageReference(new ImageId(id), 0, 1, 2, 3));
  }
}
