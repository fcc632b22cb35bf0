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
    return new EarlierRun(
        read(existing::dataSet, output, DataSetPaths.MANIFEST),
        read(existing::publishing, output, DataSetPaths.PUBLISHING));
  }

  /** Reads what a run left, which may be nothing. */
  private interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  private static <T> @Nullable T read(Reading<T> reading, Store output, String path)
      throws IOException {
    try {
      return reading.read();
    } catch (DamagedShardException e) {
      throw damaged(output, path, e);
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
