package io.emulsion.shard;

import java.util.List;

/**
 * What a run that publishes may leave under final names, written before the first such file. A
 * later run may replace these files even if this one never finished. Immutable.
 *
 * @param fingerprint of the run's data set
 * @param covers the names it uses, a format each
 */
public record PublishRecord(String fingerprint, List<ShardNames> covers) {
  public PublishRecord {
    covers = List.copyOf(covers);
  }

  /** Whether the run may have left a shard at {@code path}. */
  public boolean covers(String path) {
    return covers.stream().anyMatch(names -> names.covers(path));
  }
}
