package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.mix.Stage;
import io.emulsion.mix.StageTimes;
import io.emulsion.random.IdDigest;
import io.emulsion.shard.DataCard;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.FragmentEntry.Kind;
import io.emulsion.shard.FragmentReader;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.Listings;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ManifestWriter;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.PublishRecordParser;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.PendingFile;
import io.emulsion.spark.store.Store;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * Makes a data set of what the tasks report: checks the counts, brings the files under their final
 * names, and writes the manifest last of all.
 */
final class DataSetPublisher {
  private final RunFolder run;
  private final Store output;
  private final WriteJob job;

  DataSetPublisher(RunFolder run, Configuration configuration, WriteJob job) throws IOException {
    this.run = run;
    this.output = Store.of(run.output(), configuration);
    this.job = job;
  }

  /**
   * Makes the output ready for the tasks, before the first of them.
   *
   * @throws EmulsionException (output conflict) if a stranger's file has one of the final names
   */
  void begin() throws IOException {
    if (job.publishing() == Publishing.DIRECT) {
      makeWay();
    }
  }

  /**
   * Says which names this run uses and deletes what has one of them, the manifest before all else.
   */
  private void makeWay() throws IOException {
    ExistingFiles existing = new ExistingFiles(output);
    if (job.replaces().isEmpty()) {
      existing.checkNone(allNames());
    } else {
      existing.checkNoneForeign(allNames());
    }
    announce(existing);
    existing.delete(allNames());
  }

  /**
   * @throws EmulsionException (bad inputs) if there are too many
   * @throws EmulsionException (publish unknown) if it cannot be told whether the manifest is there
   * @throws IOException if a file cannot be published; then there is no data set
   */
  void publish(WriterCommitMessage[] messages) throws IOException {
    publish(messages, checkedTotals(messages));
  }

  /**
   * The same for messages whose counts the caller has checked.
   *
   * @param messages {@link ShardCommitMessage}s all
   */
  void publish(WriterCommitMessage[] messages, Totals totals) throws IOException {
    job.limit().checkAll(totals.bad);
    if (job.publishing() == Publishing.RENAME) {
      makeWay();
      rename(messages);
    } else {
      // Once more: the tasks began long ago.
      new ExistingFiles(output).checkNoneBeside(allNames());
    }
    List<ShardInfo> listings = writeListings();
    ManifestHeader header = header(totals);
    ShardInfo labels = writeHashed(DataSetPaths.LABELS, job.labelsFile());
    ShardInfo card = writeHashed(DataSetPaths.README, DataCard.of(header));
    List<ShardInfo> sideFiles = new ArrayList<>(List.of(labels, card));
    sideFiles.addAll(listings);
    writeManifest(messages, header, sideFiles, totals);
  }

  private void rename(WriterCommitMessage[] messages) throws IOException {
    try (RenamePublisher publisher = new RenamePublisher(output)) {
      for (WriterCommitMessage message : messages) {
        ShardCommitMessage task = (ShardCommitMessage) message;
        publisher.publish(task.folder(), paths(fragment(task)));
      }
    }
  }

  /** The files themselves, and the folders of records' files as a whole. */
  private static List<String> paths(List<FragmentEntry> entries) {
    List<String> paths = new ArrayList<>();
    for (FragmentEntry entry : entries) {
      paths.add(entry.file().path());
      if (entry.file().records() > 0) {
        paths.addAll(RecordFolders.beside(entry.file().path()));
      }
    }
    return paths;
  }

  private List<ShardInfo> writeListings() throws IOException {
    List<ShardInfo> listings = new ArrayList<>();
    for (ShardNames names : job.names()) {
      for (String path : Listings.of(names)) {
        try (HashingOutputStream out =
            new HashingOutputStream(new BufferedOutputStream(output.create(path)))) {
          Listings.write(path, names, output::open, job.context(), out);
          out.flush();
          listings.add(new ShardInfo(path, 0, out.sizeBytes(), out.sha256()));
        }
      }
    }
    return listings;
  }

  /**
   * Says which names this run uses, for the case that it dies. At each moment a whole record, or a
   * manifest, covers whatever of ours lies under final names: a record that is cut short would
   * stand in the way of all later runs.
   */
  private void announce(ExistingFiles existing) throws IOException {
    PublishRecord record = new PublishRecord(job.fingerprint(), allNames());
    PublishRecord old = existing.publishing();
    if (record.equals(old)) {
      return;
    }
    if (old != null) {
      existing.delete(allNames());
      output.delete(DataSetPaths.PUBLISHING);
    }
    String written = job.publishing().prefix(run.path()) + DataSetPaths.PUBLISHING;
    output.write(written, PublishRecordParser.toJson(record));
    if (job.publishing() == Publishing.RENAME) {
      output.rename(written, DataSetPaths.PUBLISHING);
    }
  }

  /** This run's names, and those of what it replaces. */
  private List<ShardNames> allNames() {
    List<ShardNames> all = new ArrayList<>(job.names());
    for (ShardNames names : job.replaces()) {
      if (!all.contains(names)) {
        all.add(names);
      }
    }
    return all;
  }

  /** Sums of what the tasks report. */
  static final class Totals {
    long bad;
    long records;
    long sizeBytes;
    long files;
    final StageTimes times = new StageTimes();
  }

  /** What the tasks of one pass report. */
  private static final class PassTotals {
    int shards;
    long inputs;
    long bad;
    final IdDigest badDigest = new IdDigest();
  }

  private Totals checkedTotals(WriterCommitMessage[] messages) {
    Totals totals = new Totals();
    PassTotals[] passes = new PassTotals[job.pairing().passes()];
    for (int pass = 0; pass < passes.length; pass++) {
      passes[pass] = new PassTotals();
    }
    for (WriterCommitMessage message : messages) {
      ShardCommitMessage task = (ShardCommitMessage) message;
      PassTotals pass = passes[task.pass()];
      pass.shards += task.shards();
      pass.inputs += task.inputs();
      pass.bad += task.bad();
      pass.badDigest.add(task.badDigest());
      totals.records += task.records();
      totals.sizeBytes += task.sizeBytes();
      totals.times.add(task.times());
    }
    for (PassTotals pass : passes) {
      check(pass, passes[0]);
    }
    totals.bad = passes[0].bad;
    long expected = (job.inputs() - totals.bad) * job.pairing().views();
    if (totals.records != expected) {
      throw new IllegalStateException(
          "The tasks wrote " + totals.records + " records, not " + expected);
    }
    return totals;
  }

  private void check(PassTotals pass, PassTotals first) {
    if (pass.shards != job.shards() || pass.inputs != job.inputs()) {
      throw new IllegalStateException(
          String.format(
              "A pass has %d shards of %d inputs, but should have %d of %d",
              pass.shards, pass.inputs, job.shards(), job.inputs()));
    }
    if (pass.bad != first.bad || !pass.badDigest.hex().equals(first.badDigest.hex())) {
      throw EmulsionException.of(
          ExitCode.STORAGE,
          "INPUT_CHANGED: one pass found %d bad inputs and another %d others: the input does not"
              + " read the same twice. Check its storage, then run the same command again",
          first.bad,
          pass.bad);
    }
  }

  private List<FragmentEntry> fragment(ShardCommitMessage task) throws IOException {
    List<FragmentEntry> entries = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(output.open(task.fragment()))) {
      FragmentReader reader = new FragmentReader(in, task.fragment());
      for (FragmentEntry entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    long records = 0;
    for (FragmentEntry entry : entries) {
      records += entry.kind() == Kind.SHARD ? entry.file().records() : 0;
    }
    if (records != task.records() * job.formats().size()) {
      throw new IOException(
          output.path(task.fragment()) + " does not name all that its task wrote");
    }
    return entries;
  }

  private ManifestHeader header(Totals totals) {
    return new ManifestHeader(
        job.version(),
        job.fingerprint(),
        new TreeMap<>(job.options()),
        job.inputs(),
        totals.bad,
        job.context().classes().size(),
        job.pairing().views(),
        job.shards(),
        job.formats(),
        job.split());
  }

  private ShardInfo writeHashed(String path, byte[] bytes) throws IOException {
    try (HashingOutputStream out = new HashingOutputStream(output.create(path))) {
      out.write(bytes);
      return new ShardInfo(path, 0, out.sizeBytes(), out.sha256());
    }
  }

  private void writeManifest(
      WriterCommitMessage[] messages,
      ManifestHeader header,
      List<ShardInfo> sideFiles,
      Totals totals)
      throws IOException {
    String written = job.publishing().prefix(run.path()) + DataSetPaths.MANIFEST;
    try (PendingFile file = output.begin(written)) {
      OutputStream out = new BufferedOutputStream(file);
      ManifestWriter manifest = new ManifestWriter(out, header);
      for (ShardInfo side : sideFiles) {
        manifest.addFile(side);
      }
      totals.files = sideFiles.size() + addAll(messages, Kind.SHARD, manifest::addFile);
      totals.files += recordFiles(totals.records);
      addAll(messages, Kind.QUARANTINE, manifest::addQuarantineFile);
      manifest.finish();
      out.flush();
      if (job.publishing() == Publishing.RENAME) {
        file.finish();
      }
      output.write(DataSetPaths.REPORT, report(totals));
      publishManifest(written, file);
    }
  }

  /** How many files the records of all formats are. */
  private long recordFiles(long records) {
    long folders = 0;
    for (ShardNames names : job.names()) {
      folders += RecordFolders.beside(names.path(0, 0)).size();
    }
    return folders * records;
  }

  /** Takes one file at a time. */
  private interface FileConsumer {
    void accept(ShardInfo file) throws IOException;
  }

  private long addAll(WriterCommitMessage[] messages, Kind kind, FileConsumer consumer)
      throws IOException {
    long files = 0;
    for (WriterCommitMessage message : messages) {
      for (FragmentEntry entry : fragment((ShardCommitMessage) message)) {
        if (entry.kind() == kind) {
          consumer.accept(entry.file());
          files++;
        }
      }
    }
    return files;
  }

  private byte[] report(Totals totals) {
    double seconds = (System.currentTimeMillis() - job.startedMillis()) / 1000.0;
    Report report =
        new Report(
            job.version(),
            job.fingerprint(),
            job.inputs(),
            totals.bad,
            new TreeMap<>(job.ignored()),
            job.pairing().views(),
            totals.records,
            totals.files,
            totals.sizeBytes,
            seconds,
            totals.records / Math.max(seconds, 0.001),
            new TreeMap<>());
    for (Stage stage : Stage.values()) {
      report.stageSeconds().put(stage.label(), totals.times.nanos(stage) / 1e9);
    }
    return report.toJson().getBytes(StandardCharsets.UTF_8);
  }

  /** The one moment in which the data set begins to exist. */
  private void publishManifest(String written, PendingFile file) {
    try {
      if (job.publishing() == Publishing.RENAME) {
        output.rename(written, DataSetPaths.MANIFEST);
      } else {
        file.finish();
      }
    } catch (IOException e) {
      throw EmulsionException.of(
          ExitCode.PUBLISH_UNKNOWN,
          e,
          "It is not known whether %s was published (%s): run verify on %s, and the same command"
              + " again if that fails",
          output.path(DataSetPaths.MANIFEST),
          e.getMessage(),
          output.folder());
    }
  }
}
