package io.emulsion.spark.order;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Something that is to meet what has the same key. Ordered by key, kind, sequence and content: a
 * total order, so that no shuffle can change it.
 */
public final class Keyed implements Comparable<Keyed>, Serializable {
  private static final long serialVersionUID = 1;

  private static final Comparator<Keyed> ORDER =
      Comparator.comparing(Keyed::key)
          .thenComparingInt(Keyed::kind)
          .thenComparingLong(Keyed::sequence)
          .thenComparing(Keyed::content, Arrays::compareUnsigned);

  private final String key;
  private final int kind;
  private final long sequence;
  private final byte[] content;

  /**
   * @param kind what it is; lower ones come first
   * @param sequence its place among those of its kind
   * @param content not copied
   */
  public Keyed(String key, int kind, long sequence, byte[] content) {
    this.key = key;
    this.kind = kind;
    this.sequence = sequence;
    this.content = content;
  }

  public String key() {
    return key;
  }

  public int kind() {
    return kind;
  }

  public long sequence() {
    return sequence;
  }

  public byte[] content() {
    return content;
  }

  @Override
  public int compareTo(Keyed other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Keyed o && compareTo(o) == 0;
  }

  /** Of the key alone, which so decides the partition. */
  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
