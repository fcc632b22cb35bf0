package io.emulsion.pairing;

import java.util.ArrayList;
import java.util.List;

/** Cuts a shard's samples, in rank order, into blocks of nearly equal size. */
public final class Blocks {
  private Blocks() {}

  /**
   * The blocks of a shard: consecutive parts of {@code samples}, as many as bring their mean size
   * nearest to {@code blockSamples}, at least one.
   */
  public static <T> List<List<T>> of(List<T> samples, int blockSamples) {
    long count = samples.size();
    long blocks = Math.max(1, (2 * count + blockSamples) / (2L * blockSamples));
    List<List<T>> result = new ArrayList<>((int) blocks);
    for (long i = 0; i < blocks; i++) {
      int from = (int) (i * count / blocks);
      int to = (int) ((i + 1) * count / blocks);
      result.add(samples.subList(from, to));
    }
    return result;
  }
}
