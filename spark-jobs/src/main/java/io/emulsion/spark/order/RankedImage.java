package io.emulsion.spark.order;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.Serializable;

/**
 * The bytes of an image and where a pass puts it: for inputs that cannot be read again in place. A
 * class of plain fields, for it crosses the wire in sessions whose Kryo knows nothing of us.
 */
public final class RankedImage implements Ranked, Comparable<RankedImage>, Serializable {
  private static final long serialVersionUID = 1;

  private final int pass;
  private final int shard;
  private final long rank;
  private final String id;
  private final int label;
  private final byte[] image;

  /**
   * @param label class index, from 0
   * @param image encoded; not copied
   */
  public RankedImage(int pass, int shard, long rank, String id, int label, byte[] image) {
    this.pass = pass;
    this.shard = shard;
    this.rank = rank;
    this.id = id;
    this.label = label;
    this.image = image;
  }

  @Override
  public int pass() {
    return pass;
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public long rank() {
    return rank;
  }

  @Override
  public ImageId id() {
    return new ImageId(id);
  }

  /** The encoded image. */
  public byte[] image() {
    return image;
  }

  /** The same without the bytes. */
  public RankedReference withoutImage() {
    return new RankedReference(
        pass, shard, rank, new ImageReference(id(), 0, image.length, 0, label));
  }

  @Override
  public int compareTo(RankedImage other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RankedImage o && compareTo(o) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rank);
  }
}
