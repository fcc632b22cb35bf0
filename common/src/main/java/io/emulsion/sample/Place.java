package io.emulsion.sample;

import java.util.Locale;

/**
 * Where a record stands: the {@code position}-th (from 0) of shard {@code shard} of view {@code
 * view}.
 */
public record Place(int view, int shard, int position) {
  /** The record's key, unique in the data set: {@code v000-00012-00345}. Holds no dot. */
  public String key() {
    return String.format(Locale.ROOT, "v%03d-%05d-%05d", view, shard, position);
  }
}
