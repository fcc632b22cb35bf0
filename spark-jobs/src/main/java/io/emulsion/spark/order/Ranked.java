package io.emulsion.spark.order;

import io.emulsion.sample.ImageId;
import java.util.Comparator;

/**
 * What a pass puts into a place: ordered by pass, shard, rank (unsigned) and id, which is a total
 * order, so that no shuffle can change it.
 */
public interface Ranked {
  /** The order of all that is ranked. */
  Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::pass)
          .thenComparingInt(Ranked::shard)
          .thenComparing(Ranked::rank, Long::compareUnsigned)
          .thenComparing(Ranked::id);

  int pass();

  int shard();

  /** The first half of the image's rank key. */
  long rank();

  ImageId id();
}
