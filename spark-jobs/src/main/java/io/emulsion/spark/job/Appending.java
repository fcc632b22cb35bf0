package io.emulsion.spark.job;

import io.emulsion.config.ConfigKey;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.Listings;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.sink.ExistingFiles;
import io.emulsion.spark.sink.Fingerprint;
import io.emulsion.spark.sink.PresentViews;
import io.emulsion.spark.source.Snapshot;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether views can be added to a data set that is there. */
final class Appending {
  private final EmulsionConfig config;
  private final Store output;
  private final ManifestHeader dataSet;

  /**
   * @param dataSet made of other options or inputs than {@code config} says
   */
  Appending(EmulsionConfig config, Store output, ManifestHeader dataSet) {
    this.config = config;
    this.output = output;
    this.dataSet = dataSet;
  }

  /**
   * The views that stay: all of a data set that differs by fewer views alone.
   *
   * @throws EmulsionException (output conflict) if it differs by more, or output.append does not
   *     ask for more views, or none can be added
   */
  PresentViews presentViews(Snapshot snapshot, ExistingFiles existing) throws IOException {
    if (!hasFewerViewsAlone(snapshot)) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s holds a data set that was made with other options or inputs: choose another"
              + " --output, or replace it with --set output.overwrite=true",
          output.display());
    }
    if (!config.output().append()) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s holds the first %d of these %d views: add the others with --set output.append=true,"
              + " choose another --output, or replace them with --set output.overwrite=true",
          output.display(),
          dataSet.views(),
          config.pairing().views());
    }
    if (dataSet.views() % config.pairing().viewsPerPass() != 0) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s has %d views, and they are no whole number of passes of mix.views-per-pass %d, so"
              + " none can be added: choose another --output",
          output.display(),
          dataSet.views(),
          config.pairing().viewsPerPass());
    }
    String missing = existing.firstMissing(replaced());
    if (missing != null) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s is missing or cut, so no view can be added: run the command that made the data set"
              + " again first",
          output.path(missing));
    }
    return PresentViews.of(dataSet);
  }

  /** Files that are replaced; one that died while it did so may have left others. */
  private Set<String> replaced() {
    Set<String> replaced = new HashSet<>(Set.of(DataSetPaths.README));
    for (ShardNames names : ExistingFiles.namesOf(dataSet)) {
      for (String path : Listings.of(names)) {
        if (!path.startsWith(names.format() + "/view-")) {
          replaced.add(path);
        }
      }
    }
    return replaced;
  }

  private boolean hasFewerViewsAlone(Snapshot snapshot) {
    SortedMap<String, String> canonical = new TreeMap<>(config.canonical());
    canonical.put(ConfigKey.MIX_VIEWS.key(), Integer.toString(dataSet.views()));
    return dataSet.views() < config.pairing().views()
        && Fingerprint.of(canonical, snapshot.classes().names(), MixJob.inputOf(snapshot))
            .equals(dataSet.fingerprint());
  }
}
