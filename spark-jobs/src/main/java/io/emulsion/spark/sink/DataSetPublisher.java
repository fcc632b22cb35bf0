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
import io.emulsion.shard.Sha256;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data set of what the tasks report: checks the counts, brings the files under their final
 * names, and writes the manifest last of all.
 */
final class DataSetPublisher {
  private final RunFolder run;
  private final Store output;
  private final WriteJob job;

  /** Null where a whole data set is made. */
  private @Nullable PresentDataSet present;

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
      OutputClaim.of(run).check();
      makeWay(new KeptShards(job.fingerprint()).names(output, job));
    }
  }

  /**
   * Says which names this run uses and deletes what has one of them, the manifest before all else.
   *
   * @param inPlace paths that stay: files of this run's
   */
  private void makeWay(Set<String> inPlace) throws IOException {
    ExistingFiles existing = new ExistingFiles(output);
    if (job.replaces().isEmpty()) {
      existing.checkNone(allNames());
    } else {
      existing.checkNoneForeign(allNames());
    }
    announce(existing, inPlace);
    deleteOld(existing, inPlace);
  }

  private void checkNoStranger() throws IOException {
    ExistingFiles existing = new ExistingFiles(output);
    if (!isAppended()) {
      existing.checkNoSideFiles();
    }
    existing.checkNoneForeign(allNames());
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
    OutputClaim claim = OutputClaim.of(run);
    claim.check();
    if (job.publishing() == Publishing.RENAME) {
      makeWay(inPlace(messages));
      rename(messages);
    } else {
      checkNoStranger(); // once more: the tasks began long ago
    }
    List<ShardInfo> listings = writeListings();
    ManifestHeader header = header(totals);
    ShardInfo labels = write(DataSetPaths.LABELS, job.labelsFile(), isAppended());
    ShardInfo card = write(DataSetPaths.README, DataCard.of(header), false);
    List<ShardInfo> sideFiles = new ArrayList<>(List.of(labels, card));
    sideFiles.addAll(listings);
    claim.check();
    writeManifest(messages, header, sideFiles, totals);
  }

  private void rename(WriterCommitMessage[] messages) throws IOException {
    try (RenamePublisher publisher = new RenamePublisher(output)) {
      for (WriterCommitMessage message : messages) {
        for (Map.Entry<String, List<String>> folder : paths(message).entrySet()) {
          publisher.publish(folder.getKey(), folder.getValue());
        }
      }
    }
  }

  /** What a task has to be published of, by the folder in which it lies. */
  private SortedMap<String, List<String>> paths(WriterCommitMessage message) throws IOException {
    SortedMap<String, List<String>> paths = new TreeMap<>();
    for (FragmentEntry entry : fragment((ShardCommitMessage) message)) {
      if (!entry.folder().isEmpty()) {
        paths.computeIfAbsent(entry.folder(), folder -> new ArrayList<>()).addAll(paths(entry));
      }
    }
    return paths;
  }

  /** The file itself, and the folders of its records' files as a whole. */
  private static List<String> paths(FragmentEntry entry) {
    List<String> paths = new ArrayList<>();
    paths.add(entry.file().path());
    if (entry.file().records() > 0) {
      paths.addAll(RecordFolders.beside(entry.file().path()));
    }
    return paths;
  }

  /** What a run of the same fingerprint has published before it died, and tasks have checked. */
  private Set<String> inPlace(WriterCommitMessage[] messages) throws IOException {
    Set<String> paths = new HashSet<>();
    for (WriterCommitMessage message : messages) {
      ShardCommitMessage task = (ShardCommitMessage) message;
      if (task.keptShards() > 0) {
        for (FragmentEntry entry : fragment(task)) {
          if (entry.folder().isEmpty()) {
            paths.addAll(paths(entry));
          }
        }
      }
    }
    return paths;
  }

  private List<ShardInfo> writeListings() throws IOException {
    List<ShardInfo> listings = new ArrayList<>();
    for (ShardNames names : job.names()) {
      for (String path : Listings.of(names)) {
        ShardInfo old = present == null ? null : present.ofView(path);
        if (old != null) {
          listings.add(old);
          continue;
        }
        try (HashingOutputStream out =
            new HashingOutputStream(new BufferedOutputStream(output.create(unpublished(path))))) {
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
  private void announce(ExistingFiles existing, Set<String> inPlace) throws IOException {
    PublishRecord record = new PublishRecord(job.fingerprint(), allNames());
    PublishRecord old = existing.publishing();
    if (record.equals(old)) {
      return;
    }
    if (old != null) {
      deleteOld(existing, inPlace);
      output.delete(DataSetPaths.PUBLISHING);
    }
    String written =
        DataSetPaths.below(job.publishing().folder(run.path()), DataSetPaths.PUBLISHING);
    output.write(written, PublishRecordParser.toJson(record));
    if (job.publishing() == Publishing.RENAME) {
      output.rename(written, DataSetPaths.PUBLISHING);
    }
  }

  /** What stands under the names, but for the data set to which views are added. */
  private void deleteOld(ExistingFiles existing, Set<String> inPlace) throws IOException {
    if (isAppended()) {
      existing.deleteBeside(job.present().names(job.names()), allNames(), inPlace);
    } else {
      existing.delete(allNames(), inPlace);
    }
  }

  private boolean isAppended() {
    return job.present().views() > 0;
  }

  /** Where a file is written first that another one of the data set has to give way to. */
  private String unpublished(String path) {
    return isAppended() ? run.path() + "/new/" + path : path;
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
    long keptRecords;
    long keptShards;
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

  private Totals checkedTotals(WriterCommitMessage[] messages) throws IOException {
    Totals totals = new Totals();
    PassTotals[] passes = new PassTotals[job.pairing().passes()];
    for (int pass = 0; pass < passes.length; pass++) {
      passes[pass] = new PassTotals();
    }
    if (isAppended()) {
      present = new PresentDataSet(output, job.present(), job.names());
      for (int pass = 0; pass < job.present().firstPass(job.pairing()); pass++) {
        passes[pass].shards = job.shards();
        passes[pass].inputs = job.inputs();
        passes[pass].bad = present.bad();
        passes[pass].badDigest.add(present.badDigest());
      }
    }
    for (WriterCommitMessage message : messages) {
      ShardCommitMessage task = (ShardCommitMessage) message;
      PassTotals pass = passes[task.pass()];
      pass.shards += task.shards();
      pass.inputs += task.inputs();
      pass.bad += task.bad();
      pass.badDigest.add(task.badDigest());
      totals.records += task.records();
      totals.keptRecords += task.keptRecords();
      totals.keptShards += task.keptShards();
      totals.sizeBytes += task.sizeBytes();
      totals.times.add(task.times());
    }
    for (PassTotals pass : passes) {
      check(pass, passes[0]);
    }
    totals.bad = passes[0].bad;
    long expected = (job.inputs() - totals.bad) * job.newViews();
    if (totals.records != expected) {
      throw new IllegalStateException(
          "The tasks wrote " + totals.records + " records, not " + expected);
    }
    return totals;
  }

  private void check(PassTotals pass, PassTotals first) throws IOException {
    if (pass.shards != job.shards() || pass.inputs != job.inputs()) {
      throw new IllegalStateException(
          String.format(
              "A pass has %d shards of %d inputs, but should have %d of %d",
              pass.shards, pass.inputs, job.shards(), job.inputs()));
    }
    if (pass.bad != first.bad || !pass.badDigest.hex().equals(first.badDigest.hex())) {
      // Nobody knows which shards hold what the input is, so the next run makes all of them.
      output.delete(new KeptShards(job.fingerprint()).folder());
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

  /**
   * @param there whether a file with these bytes is there
   */
  private ShardInfo write(String path, byte[] bytes, boolean there) throws IOException {
    if (!there) {
      output.write(unpublished(path), bytes);
    }
    return new ShardInfo(path, 0, bytes.length, Sha256.of(bytes));
  }

  private void writeManifest(
      WriterCommitMessage[] messages,
      ManifestHeader header,
      List<ShardInfo> sideFiles,
      Totals totals)
      throws IOException {
    String written = DataSetPaths.below(job.publishing().folder(run.path()), DataSetPaths.MANIFEST);
    try (PendingFile file = output.begin(written)) {
      OutputStream out = new BufferedOutputStream(file);
      ManifestWriter manifest = new ManifestWriter(out, header);
      for (ShardInfo side : sideFiles) {
        manifest.addFile(side);
      }
      if (present != null) {
        present.addShards(manifest);
      }
      totals.files = sideFiles.size() + addAll(messages, Kind.SHARD, manifest::addFile);
      totals.files += recordFiles(totals.records);
      if (present != null) {
        present.addQuarantineFiles(manifest);
      }
      addAll(messages, Kind.QUARANTINE, manifest::addQuarantineFile);
      manifest.finish();
      out.flush();
      if (job.publishing() == Publishing.RENAME) {
        file.finish();
      }
      if (isAppended()) {
        replaceSideFiles(sideFiles);
      }
      output.write(DataSetPaths.REPORT, report(totals));
      publishManifest(written, file);
    }
  }

  private void replaceSideFiles(List<ShardInfo> sideFiles) throws IOException {
    for (ShardInfo file : sideFiles) {
      if (output.exists(unpublished(file.path()))) {
        output.replace(unpublished(file.path()), file.path());
      }
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
            job.newViews(),
            job.present().views(),
            totals.records,
            totals.files,
            totals.sizeBytes,
            seconds,
            (totals.records - totals.keptRecords) / Math.max(seconds, 0.001),
            totals.keptShards,
            new TreeMap<>());
    for (Stage stage : Stage.values()) {
      report.stageSeconds().put(stage.label(), totals.times.nanos(stage) / 1e9);
    }
    return report.toJson().getBytes(StandardCharsets.UTF_8);
  }

  /** The one moment in which the data set begins to exist. */
  private void publishManifest(String written, PendingFile file) {
    try {
      if (job.publishing() == Publishing.DIRECT) {
        file.finish();
      } else if (isAppended()) {
        output.replace(written, DataSetPaths.MANIFEST);
      } else {
        output.rename(written, DataSetPaths.MANIFEST);
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
