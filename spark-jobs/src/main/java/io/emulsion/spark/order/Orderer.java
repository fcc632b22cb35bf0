package io.emulsion.spark.order;

import io.emulsion.pairing.ShardLayout;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Brings each input, once for each pass that is made, to the task that makes its shard, in rank
 * order.
 */
public final class Orderer {
  private Orderer() {}

  /**
   * The job's one shuffle; references alone cross it, no pixels.
   *
   * @return partition {@code p} holds what {@code runs} says of it, sorted
   */
  public static JavaRDD<RankedReference> order(
      JavaRDD<ImageReference> references, long seed, ShardLayout layout, ShardRuns runs) {
    return order(references, seed, layout, runs, ImageReference::id, RankedReference::new);
  }

  /**
   * The same for inputs of any kind: all that {@code ranker} makes of one crosses the shuffle.
   *
   * @param ids the id of an input
   */
  public static <T, R extends Ranked & Comparable<R>> JavaRDD<R> order(
      JavaRDD<T> inputs,
      long seed,
      ShardLayout layout,
      ShardRuns runs,
      Ids<T> ids,
      Ranker<T, R> ranker) {
    int first = runs.firstPass();
    int end = runs.endPass();
    return inputs
        .flatMapToPair(
            input -> {
              List<Tuple2<R, @Nullable Void>> ranked = new ArrayList<>(end - first);
              for (int pass = first; pass < end; pass++) {
                long rank = ImageKey.of(seed, Purpose.RANK, pass, ids.id(input)).first();
                ranked.add(
                    new Tuple2<>(ranker.ranked(pass, layout.shardOf(rank), rank, input), null));
              }
              return ranked.iterator();
            })
        .repartitionAndSortWithinPartitions(runs, Comparator.naturalOrder())
        .map(Tuple2::_1);
  }

  /** Tells the id of an input. */
  public interface Ids<T> extends Serializable {
    ImageId id(T input);
  }

  /** Puts an input into a place of a pass. */
  public interface Ranker<T, R> extends Serializable {
    R ranked(int pass, int shard, long rank, T input);
  }
}
