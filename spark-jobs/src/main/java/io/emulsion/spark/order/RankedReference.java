package io.emulsion.spark.order;

import io.emulsion.sample.ImageReference;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A reference and where a pass puts it. Ordered by pass, shard, rank (unsigned) and id: a total
 * order, so that no shuffle can change it.
 *
 * @param rank first half of the image's rank key
 */
public record RankedReference(int pass, int shard, long rank, ImageReference reference)
    implements Comparable<RankedReference>, Serializable {
  private static final long serialVersionUID = 1;

  private static final Comparator<RankedReference> ORDER =
      Comparator.comparingInt(RankedReference::pass)
          .thenComparingInt(RankedReference::shard)
          .thenComparing(RankedReference::rank, Long::compareUnsigned)
          .thenComparing(ranked -> ranked.reference().id());

  @Override
  public int compareTo(RankedReference other) {
    return ORDER.compare(this, other);
  }
}
