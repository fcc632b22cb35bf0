package io.emulsion.spark.job;

import io.emulsion.canvas.AugmentOptions;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Version;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.label.LabelOptions;
import io.emulsion.mix.MixOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.sample.Task;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.mix.MixPartition;
import io.emulsion.spark.order.Orderer;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.sink.BadInputLimit;
import io.emulsion.spark.sink.EarlierRun;
import io.emulsion.spark.sink.ExistingFiles;
import io.emulsion.spark.sink.Fingerprint;
import io.emulsion.spark.sink.KeptShards;
import io.emulsion.spark.sink.OutputClaim;
import io.emulsion.spark.sink.OutputFolder;
import io.emulsion.spark.sink.PresentViews;
import io.emulsion.spark.sink.Publishing;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.sink.RunFolder;
import io.emulsion.spark.sink.SampleRows;
import io.emulsion.spark.sink.ShardTableProvider;
import io.emulsion.spark.sink.WriteJob;
import io.emulsion.spark.sink.WriteProgress;
import io.emulsion.spark.source.ImageSource;
import io.emulsion.spark.source.Snapshot;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The main job: lists the input, mixes it, publishes the data set. */
final class MixJob {
  /**
   * What came of it.
   *
   * @param quarantined of the snapshot's inputs
   * @param report null if the data set was there before
   */
  record Outcome(String output, long quarantined, Snapshot snapshot, @Nullable Report report) {}

  private final EmulsionConfig config;
  private final Sessions sessions;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final PrintWriter err;
  private final Store output;
  private final Publishing publishing;
  private final RunFolder run;

  /**
   * @param err gets the progress
   * @throws EmulsionException (usage) if the output cannot be published as the configuration says
   */
  MixJob(EmulsionConfig config, Sessions sessions, PrintWriter err) throws IOException {
    this.config = config;
    this.sessions = sessions;
    this.hadoop = sessions.hadoop();
    this.err = err;
    this.output = Store.of(config.output().path(), sessions.spark().hadoopConfiguration());
    this.publishing = Publishing.of(config.output().publish(), output);
    this.run = new RunFolder(output.folder().toString(), UUID.randomUUID().toString());
  }

  /**
   * @throws EmulsionException for whatever the user can mend
   * @throws IOException if storage fails; the same command, run again, makes the data set
   */
  Outcome run() throws IOException {
    long started = System.currentTimeMillis();
    if (config.partners().unmixedViews() > 1
        && config.canvas().augment().equals(AugmentOptions.NONE)) {
      err.println(
          "emulsion: the unmixed views will hold the same images, since image.augment is none");
    }
    OutputFolder folder = new OutputFolder(output, sessions.spark().hadoopConfiguration());
    folder.checkNoFile();
    folder.checkOutside(Inputs.folders(config.input()));
    folder.prepare();
    try {
      return runClaimed(started, folder);
    } finally {
      folder.removeEmpty();
    }
  }

  private Outcome runClaimed(long started, OutputFolder folder) throws IOException {
    OutputClaim claim = OutputClaim.take(output, run.token(), err::println);
    try {
      return run(started, folder);
    } finally {
      claim.close();
    }
  }

  private Outcome run(long started, OutputFolder folder) throws IOException {
    ExistingFiles existing = new ExistingFiles(output);
    EarlierRun earlier = EarlierRun.in(output);
    if (earlier.isNone()) {
      existing.checkNone(names(1));
    }
    folder.sweepDead();
    WarmUp.start(sessions.session());
    try {
      return run(started, folder, existing, earlier);
    } finally {
      folder.sweep(run);
    }
  }

  private Outcome run(long started, OutputFolder folder, ExistingFiles existing, EarlierRun earlier)
      throws IOException {
    ImageSource source = Inputs.source(config, sessions, hadoop);
    String snapshotFolder = output.path(run.snapshot()).toString();
    Snapshot snapshot = source.snapshot(snapshotFolder);
    ShardLayout layout = ShardLayout.of(snapshot.count(), config.output().shardSamples());
    String fingerprint = fingerprint(config, snapshot);
    ManifestHeader dataSet = earlier.dataSet();
    PresentViews present = PresentViews.NONE;
    if (dataSet != null && dataSet.fingerprint().equals(fingerprint)) {
      String missing = existing.firstMissing();
      if (missing == null) {
        folder.sweepComplete(new KeptShards(fingerprint), earlier.publishing());
        return new Outcome(output.display(), dataSet.quarantined(), snapshot, null);
      }
      err.println("emulsion: " + missing + " is missing or cut: making the data set again");
    } else if (!config.output().overwrite()) {
      if (dataSet != null) {
        present = new Appending(config, output, dataSet).presentViews(snapshot, existing);
      } else {
        checkNoneOther(fingerprint, earlier.publishing());
      }
    }
    List<ShardNames> replaces = earlier.names();
    List<ShardNames> ours = new ArrayList<>(replaces);
    ours.addAll(names(layout.shards()));
    existing.checkNoneForeign(ours);
    WriteJob job = job(started, snapshot, layout, fingerprint, replaces, present);
    KeptShards kept = new KeptShards(fingerprint);
    folder.sweepKeptOfOthers(kept);
    boolean published = false;
    try {
      write(source, snapshot, layout, job, kept);
      published = true;
    } finally {
      if (!published) {
        tell(kept, folder.keep(kept), shardsOf(job, layout));
      }
    }
    folder.sweepPublished();
    Report report = Report.fromJson(output.read(DataSetPaths.REPORT));
    return new Outcome(output.display(), report.quarantined(), snapshot, report);
  }

  private static long shardsOf(WriteJob job, ShardLayout layout) {
    int passes = job.pairing().passes() - job.present().firstPass(job.pairing());
    return passes * (long) layout.shards();
  }

  private void tell(KeptShards kept, long count, long shards) {
    if (count > 0 && !Signals.stopping()) {
      err.printf(
          Locale.ROOT,
          "emulsion: %,d of %,d shards are kept in %s: run the same command again, which makes the"
              + " others, or delete that folder%n",
          count,
          shards,
          output.path(kept.folder()));
    }
  }

  static String fingerprint(EmulsionConfig config, Snapshot snapshot) {
    return Fingerprint.of(config.canonical(), snapshot.classes().names(), inputOf(snapshot));
  }

  /** What tells the input from others, for the fingerprint. */
  static String inputOf(Snapshot snapshot) {
    return "inputs=" + snapshot.count() + "\ndigest=" + snapshot.digest() + "\n";
  }

  private void checkNoneOther(String fingerprint, @Nullable PublishRecord publishing) {
    if (publishing != null && !publishing.fingerprint().equals(fingerprint)) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s holds files of a run with other options or inputs that did not end: run that one"
              + " again, choose another --output, or replace them with --set output.overwrite=true",
          output.display());
    }
  }

  private List<ShardNames> names(int shards) {
    return ShardNames.of(
        config.output().formats(), config.output().split(), config.pairing().views(), shards);
  }

  private WriteJob job(
      long started,
      Snapshot snapshot,
      ShardLayout layout,
      String fingerprint,
      List<ShardNames> replaces,
      PresentViews present) {
    return new WriteJob(
        Version.current(),
        fingerprint,
        config.canonical(),
        snapshot.count(),
        names(layout.shards()),
        publishing,
        config.pairing(),
        context(config, snapshot),
        new BadInputLimit(
            config.input().failOnBad(), snapshot.count(), config.input().maxBadFraction()),
        snapshot.leftOut(),
        replaces,
        present,
        started);
  }

  /** What is the same in all records. */
  static ShardContext context(EmulsionConfig config, Snapshot snapshot) {
    return new ShardContext(
        snapshot.classes().names(),
        config.encoding().encoding().label(),
        config.label().offset(),
        config.label().soft() != LabelOptions.Soft.NONE,
        config.task() == Task.DETECTION);
  }

  private void write(
      ImageSource source, Snapshot snapshot, ShardLayout layout, WriteJob job, KeptShards kept)
      throws IOException {
    job.write(output, run);
    PairingOptions pairing = config.pairing();
    ShardRuns runs =
        new ShardRuns(job.present().firstPass(pairing), pairing.passes(), layout.shards());
    MixOptions options = config.mixOptions(snapshot.classes().size());
    JavaRDD<Row> rows =
        Orderer.order(
                source.references(snapshot, output.path(run.snapshot()).toString()),
                pairing.seed(),
                layout,
                runs)
            .mapPartitionsWithIndex(
                new MixPartition(
                    hadoop,
                    config.input().paths(),
                    options,
                    runs,
                    job.limit(),
                    config.readsInFlight(),
                    run.output(),
                    kept.count(output) == 0 ? null : kept),
                true);
    try (Progress progress = new Progress(sessions.spark(), run, job, err)) {
      progress.start();
      sessions
          .session()
          .createDataFrame(rows, SampleRows.TYPE)
          .write()
          .format(ShardTableProvider.class.getName())
          .mode("append") // the one mode that needs nothing of the table
          .options(run.options())
          .save();
    } catch (Exception e) { // Spark throws its checked exceptions undeclared
      job.limit().check(run.progress().bad());
      throw e;
    } finally {
      WriteProgress.remove(run);
    }
  }
}
