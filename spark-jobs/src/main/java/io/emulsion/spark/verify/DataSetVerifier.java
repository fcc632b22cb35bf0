package io.emulsion.spark.verify;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Version;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.label.LabelsFile;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ManifestReader;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.sink.ExistingFiles;
import io.emulsion.spark.store.Store;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Reads all files of a data set again, in parallel, and compares them with its manifest. */
public final class DataSetVerifier {
  private static final int MAX_TASKS = 10_000;

  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Store dataSet;
  private final LongAccumulator recordFileBytes;

  /**
   * @param dataSet its folder, a Hadoop path
   */
  public DataSetVerifier(
      JavaSparkContext spark, Broadcast<SerializableConfiguration> hadoop, String dataSet)
      throws IOException {
    this.spark = spark;
    this.hadoop = hadoop;
    this.dataSet = Store.of(dataSet, hadoop.value().value());
    this.recordFileBytes = spark.sc().longAccumulator();
  }

  /** The manifest's content; all of it was checked against its digest. */
  private record Content(ManifestHeader header, List<ShardInfo> files, List<ShardInfo> quarantine) {
    List<ShardInfo> all() {
      List<ShardInfo> all = new ArrayList<>(files);
      all.addAll(quarantine);
      return all;
    }

    long recordFiles() {
      return files.stream()
          .mapToLong(file -> file.records() * RecordFolders.beside(file.path()).size())
          .sum();
    }
  }

  /**
   * @throws EmulsionException (usage) if there is no data set
   * @throws IOException if a file cannot be read
   */
  public Verdict verify() throws IOException {
    Content content;
    try {
      content = content();
    } catch (DamagedShardException e) {
      return new Verdict(
          0, 0, 0, Verdict.Redrawn.OTHER_VERSION, List.of(String.valueOf(e.getMessage())));
    }
    List<ShardInfo> all = content.all();
    List<String> damages = new ArrayList<>(damagesOfCounts(content));
    damages.addAll(damagesOfFiles(content));
    damages.addAll(strangers(content));
    return new Verdict(
        all.size() + content.recordFiles(),
        content.files().stream().mapToLong(ShardInfo::records).sum(),
        all.stream().mapToLong(ShardInfo::sizeBytes).sum() + recordFileBytes.value(),
        redrawn(content.header()),
        damages);
  }

  private Content content() throws IOException {
    try (InputStream in = new BufferedInputStream(dataSet.open(DataSetPaths.MANIFEST))) {
      ManifestReader manifest = new ManifestReader(in);
      List<ShardInfo> files = new ArrayList<>();
      for (ShardInfo f = manifest.nextFile(); f != null; f = manifest.nextFile()) {
        files.add(f);
      }
      List<ShardInfo> quarantine = new ArrayList<>();
      for (ShardInfo f = manifest.nextQuarantineFile();
          f != null;
          f = manifest.nextQuarantineFile()) {
        quarantine.add(f);
      }
      manifest.finish();
      return new Content(manifest.header(), files, quarantine);
    } catch (FileNotFoundException e) {
      throw EmulsionException.usage(
          "%s is no data set: it has no %s. Give the --output of a mix run that ended well",
          dataSet.display(), DataSetPaths.MANIFEST);
    }
  }

  /** Every input is in each view or in the quarantine, and every view has all its shards. */
  private static List<String> damagesOfCounts(Content content) {
    ManifestHeader header = content.header();
    List<String> damages = new ArrayList<>();
    for (ShardNames names : ExistingFiles.namesOf(header)) {
      for (int view = 0; view < header.views(); view++) {
        String folder = names.folder(view) + "/";
        long shards = 0;
        long records = 0;
        for (ShardInfo file : content.files()) {
          if (file.path().startsWith(folder) && names.isShard(file.path())) {
            shards++;
            records += file.records();
          }
        }
        if (shards != header.shards() || records != header.samples()) {
          damages.add(
              String.format(
                  "%s: the manifest names %d shards with %d records, but should name %d with %d",
                  folder, shards, records, header.shards(), header.samples()));
        }
      }
    }
    long quarantined = content.quarantine().stream().mapToLong(ShardInfo::records).sum();
    if (quarantined != header.quarantined()) {
      damages.add(
          String.format(
              "The manifest names %d quarantined inputs, but should name %d",
              quarantined, header.quarantined()));
    }
    return damages;
  }

  /** Of labels and quarantine, without which no record can be checked. */
  private List<String> damagesOfListings(Content content) throws IOException {
    FileCheck check = new FileCheck(dataSet, Expected.NOTHING);
    List<String> damages = new ArrayList<>();
    for (ShardInfo file : content.all()) {
      boolean listing =
          file.path().equals(DataSetPaths.LABELS) || content.quarantine().contains(file);
      if (listing) {
        damages.addAll(check.damages(file));
      }
    }
    return damages;
  }

  private List<String> damagesOfFiles(Content content) throws IOException {
    List<String> damages = damagesOfListings(content);
    if (!damages.isEmpty()) {
      return damages;
    }
    List<String> names = LabelsFile.parse(dataSet.read(DataSetPaths.LABELS));
    List<String> badIds = new ArrayList<>();
    for (ShardInfo file : content.quarantine()) {
      badIds.addAll(FileCheck.quarantined(dataSet, file));
    }
    ManifestHeader header = content.header();
    ShardContext context =
        new ShardContext(
            names,
            header.option("output.encoding"),
            Integer.parseInt(header.option("label.offset")),
            !header.option("label.soft").equals("none"),
            header.detection());
    Expected expected =
        new Expected(
            context,
            ExistingFiles.namesOf(header),
            header.detection() ? Double.parseDouble(header.option("label.min-weight")) : 0,
            canDraw(header) ? draws(header, names, badIds) : null);
    List<ShardInfo> all = content.all();
    return spark
        .parallelize(all, Math.min(MAX_TASKS, all.size()))
        .mapPartitions(
            new CheckFiles(hadoop, dataSet.folder().toString(), expected, recordFileBytes))
        .collect();
  }

  /** Another version may draw otherwise from the same options. */
  private static boolean canDraw(ManifestHeader header) {
    return redrawn(header) == Verdict.Redrawn.ALL;
  }

  private static Verdict.Redrawn redrawn(ManifestHeader header) {
    if (!header.options().containsKey("mix.seed")) {
      return Verdict.Redrawn.FROM_A_FRAME;
    }
    return header.emulsion().equals(Version.current())
        ? Verdict.Redrawn.ALL
        : Verdict.Redrawn.OTHER_VERSION;
  }

  private static Draws draws(ManifestHeader header, List<String> names, List<String> badIds) {
    SortedMap<String, String> options = new TreeMap<>(header.options());
    boolean frame = options.remove("input.format", "data-frame");
    return new Draws(
        EmulsionConfig.ofDataSet(options),
        names.size(),
        frame ? null : ClassIndex.listed(names),
        new ShardLayout(header.shards()),
        badIds);
  }

  /** What a loader would take for parts of this data set, but for views that are being added. */
  private List<String> strangers(Content content) throws IOException {
    ExistingFiles existing = new ExistingFiles(dataSet);
    PublishRecord publishing = existing.publishing();
    List<ShardNames> ours = ExistingFiles.namesOf(content.header());
    Set<String> known = new HashSet<>();
    for (ShardInfo file : content.files()) {
      known.add(file.path());
      known.addAll(RecordFolders.beside(file.path()));
    }
    List<String> damages = new ArrayList<>();
    for (String path : existing.parts(content.header().formats())) {
      boolean added =
          publishing != null
              && publishing.covers(path)
              && ours.stream().noneMatch(names -> names.covers(path));
      if (!added && !known.contains(path)) {
        damages.add(path + ": is not in the manifest");
      }
    }
    return damages;
  }
}
