package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run of ours left in an output folder.
 *
 * @param dataSet null if none is there
 * @param publishing what a run that did not end was about to publish; null if there is none
 */
public record EarlierRun(@Nullable ManifestHeader dataSet, @Nullable PublishRecord publishing) {
  /**
   * @throws EmulsionException (output conflict) if it cannot be told, since a file is damaged
   */
  public static EarlierRun in(Store output) throws IOException {
    ExistingFiles existing = new ExistingFiles(output);
    return new EarlierRun(dataSet(existing, output), publishing(existing, output));
  }

  private static @Nullable ManifestHeader dataSet(ExistingFiles existing, Store output)
      throws IOException {
    try {
      return existing.dataSet();
    } catch (DamagedShardException e) {
      throw damaged(output, DataSetPaths.MANIFEST, e);
    }
  }

  private static @Nullable PublishRecord publishing(ExistingFiles existing, Store output)
      throws IOException {
    try {
      return existing.publishing();
    } catch (DamagedShardException e) {
      throw damaged(output, DataSetPaths.PUBLISHING, e);
    }
  }

  private static EmulsionException damaged(Store output, String path, DamagedShardException e) {
    return EmulsionException.of(
        ExitCode.OUTPUT_CONFLICT,
        e,
        "%s is damaged (%s), so it is not known what belongs to the data set: move the folder away,"
            + " or choose another --output",
        output.path(path),
        e.getMessage());
  }

  /** Whether there was none. */
  public boolean isNone() {
    return dataSet == null && publishing == null;
  }

  /** The names under which its files may lie. */
  public List<ShardNames> names() {
    Set<ShardNames> names = new LinkedHashSet<>();
    if (dataSet != null) {
      names.addAll(ExistingFiles.namesOf(dataSet));
    }
    if (publishing != null) {
      names.addAll(publishing.covers());
    }
    return List.copyOf(names);
  }
}
