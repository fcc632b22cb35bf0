package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.random.IdDigest;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.Listings;
import io.emulsion.shard.ManifestReader;
import io.emulsion.shard.ManifestWriter;
import io.emulsion.shard.QuarantineLineParser;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The data set to which views are added, as its manifest has it. */
final class PresentDataSet {
  private final Store output;
  private final List<ShardNames> names;
  private final Map<String, ShardInfo> listings = new HashMap<>();
  private final IdDigest badDigest = new IdDigest();
  private long bad;

  /**
   * Reads which listings its views have, and which inputs it could not use.
   *
   * @param names of the data set with the added views
   * @throws EmulsionException (output conflict) if it is another one since the run began
   */
  PresentDataSet(Store output, PresentViews present, List<ShardNames> names) throws IOException {
    this.output = output;
    this.names = present.names(names);
    read(
        manifest -> {
          if (!manifest.header().fingerprint().equals(present.fingerprint())) {
            throw EmulsionException.of(
                ExitCode.OUTPUT_CONFLICT,
                "%s holds another data set than when this run began: run the same command again",
                output.display());
          }
          addListings(manifest);
          ShardInfo file = manifest.nextQuarantineFile();
          while (file != null) {
            addBad(file);
            file = manifest.nextQuarantineFile();
          }
        });
  }

  private void addListings(ManifestReader manifest) throws IOException {
    Set<String> wanted = new HashSet<>();
    for (ShardNames ofFormat : names) {
      for (String path : Listings.of(ofFormat)) {
        if (path.startsWith(ofFormat.format() + "/view-")) {
          wanted.add(path);
        }
      }
    }
    for (ShardInfo f = manifest.nextFile(); f != null; f = manifest.nextFile()) {
      if (wanted.contains(f.path())) {
        listings.put(f.path(), f);
      }
    }
  }

  private interface Reading {
    void read(ManifestReader manifest) throws IOException;
  }

  private void read(Reading reading) throws IOException {
    try (InputStream in = new BufferedInputStream(output.open(DataSetPaths.MANIFEST))) {
      ManifestReader manifest = new ManifestReader(in);
      reading.read(manifest);
      manifest.finish();
    }
  }

  private void addBad(ShardInfo file) throws IOException {
    byte[] bytes = output.read(file.path());
    if (!Sha256.of(bytes).equals(file.sha256())) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s is not what the manifest says, so views cannot be added: run verify on %s",
          output.path(file.path()),
          output.display());
    }
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      badDigest.add(ImageKey.ofBadInput(new ImageId(QuarantineLineParser.fromJson(line).id())));
      bad++;
    }
  }

  /** Inputs that it could not use. */
  long bad() {
    return bad;
  }

  IdDigest badDigest() {
    return badDigest;
  }

  /** The listing at {@code path}, if it is of one of its views, which stays as it is; else null. */
  @Nullable ShardInfo ofView(String path) {
    return listings.get(path);
  }

  /** Names all its shards again, in their order. */
  void addShards(ManifestWriter added) throws IOException {
    read(
        manifest -> {
          for (ShardInfo f = manifest.nextFile(); f != null; f = manifest.nextFile()) {
            String path = f.path();
            if (names.stream().anyMatch(n -> n.isShard(path))) {
              added.addFile(f);
            }
          }
        });
  }

  /** Names its quarantine files again. */
  void addQuarantineFiles(ManifestWriter added) throws IOException {
    read(
        manifest -> {
          ShardInfo file = manifest.nextQuarantineFile();
          while (file != null) {
            added.addQuarantineFile(file);
            file = manifest.nextQuarantineFile();
          }
        });
  }
}
