package io.emulsion.random;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a key decides; its lower-case name is part of the key, so that no two draws are related. */
public enum Purpose {
  /** The order of all samples of a pass: which shard and block each goes to. */
  RANK,
  /** The order of a block's samples in a view. */
  RING,
  /** The permutation of a batch in a view. */
  PERMUTE,
  /** Whether a sample, or batch, is mixed in a view. */
  PROBABILITY,
  /** Lambda of a sample, or batch, in a view. */
  LAMBDA,
  /** The box that a view cuts out of an image. */
  CROP,
  /** Whether a view flips an image. */
  FLIP,
  /** The order-free sums that tell inputs, and bad inputs, apart. */
  DIGEST;

  private final String terminated = name().toLowerCase(Locale.ROOT) + '\0';

  /** The name in ASCII, then a zero byte. */
  byte[] terminated() {
    return terminated.getBytes(StandardCharsets.US_ASCII);
  }
}
