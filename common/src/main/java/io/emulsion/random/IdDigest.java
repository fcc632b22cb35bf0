package io.emulsion.random;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * An order-free digest of a set of things: the sum modulo 2^128 of their keys. Equal sets have
 * equal digests whatever the order and grouping in which they were added. Not thread-safe.
 */
public final class IdDigest implements Serializable {
  private static final long serialVersionUID = 1;

  private long high;
  private long low;

  /** The digest of nothing. */
  public IdDigest() {}

  public IdDigest(long high, long low) {
    this.high = high;
    this.low = low;
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  public void add(ImageKey key) {
    add(key.first(), key.second());
  }

  public void add(IdDigest other) {
    add(other.high, other.low);
  }

  private void add(long otherHigh, long otherLow) {
    long sum = low + otherLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    low = sum;
    high += otherHigh + carry;
  }

  /** 32 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
