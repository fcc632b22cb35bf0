package io.emulsion.spark.order;

import io.emulsion.pairing.ShardLayout;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Brings each reference, once for each pass, to the task that makes its shard, in rank order. */
public final class Orderer {
  private Orderer() {}

  /**
   * The job's one shuffle; references alone cross it, no pixels.
   *
   * @return partition {@code p} holds what {@code runs} says of it, sorted
   */
  public static JavaRDD<RankedReference> order(
      JavaRDD<ImageReference> references,
      long seed,
      int passes,
      ShardLayout layout,
      ShardRuns runs) {
    return references
        .flatMapToPair(reference -> rank(reference, seed, passes, layout).iterator())
        .repartitionAndSortWithinPartitions(runs, Comparator.naturalOrder())
        .map(Tuple2::_1);
  }

  private static List<Tuple2<RankedReference, @Nullable Void>> rank(
      ImageReference reference, long seed, int passes, ShardLayout layout) {
    List<Tuple2<RankedReference, @Nullable Void>> ranked = new ArrayList<>(passes);
    for (int pass = 0; pass < passes; pass++) {
      long rank = ImageKey.of(seed, Purpose.RANK, pass, reference.id()).first();
      ranked.add(
          new Tuple2<>(new RankedReference(pass, layout.shardOf(rank), rank, reference), null));
    }
    return ranked;
  }
}
