package io.emulsion.spark.order;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.Serializable;

/** A reference and where a pass puts it. */
public record RankedReference(int pass, int shard, long rank, ImageReference reference)
    implements Ranked, Comparable<RankedReference>, Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public ImageId id() {
    return reference.id();
  }

  @Override
  public int compareTo(RankedReference other) {
    return ORDER.compare(this, other);
  }
}
