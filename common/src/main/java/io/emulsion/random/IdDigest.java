package io.emulsion.random;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * An order-free digest of a set of things: the sum modulo 2^128 of their keys. Equal sets have
 * equal digests whatever the order and grouping in which they were added. Not thread-safe.
 */
public final class IdDigest implements Serializable {
  private static final long serialVersionUID = 1;

  private long high;
  private long low;

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
    BigInteger value =
        new BigInteger(Long.toUnsignedString(high))
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(low)));
    return String.format("%032x", value);
  }
}
