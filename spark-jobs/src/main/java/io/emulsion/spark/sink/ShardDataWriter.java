package io.emulsion.spark.sink;

import io.emulsion.mix.Stage;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.DoneShard;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.sink.SampleRows.ShardEnd;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** Writes the rows of one task attempt to attempt-private files; the driver publishes them. */
final class ShardDataWriter implements DataWriter<InternalRow> {
  private final Store output;
  private final String folder;
  private final WriteJob job;
  private final List<ShardNames> names;
  private final ShardCommitMessage message;
  private final KeptShards kept;
  private final List<FragmentEntry> finished = new ArrayList<>();

  /** The open files of the shard at hand: for each view one of each format. */
  private final SortedMap<Integer, List<OpenShard>> open = new TreeMap<>();

  private final List<QuarantineLine> bad = new ArrayList<>();
  private final WriteMetrics metrics = new WriteMetrics();
  private long writeNanos;

  /**
   * @param folder of the attempt, relative to the output
   */
  ShardDataWriter(Store output, String folder, WriteJob job) {
    this.output = output;
    this.folder = job.publishing().folder(folder);
    this.job = job;
    this.names = job.names();
    this.message = new ShardCommitMessage(folder);
    this.kept = new KeptShards(job.fingerprint());
  }

  @Override
  public void write(InternalRow row) throws IOException {
    if (SampleRows.isBad(row)) {
      bad.add(SampleRows.toQuarantineLine(row));
    } else if (SampleRows.isEnd(row)) {
      finishShard(SampleRows.shard(row), SampleRows.toEnd(row));
    } else if (SampleRows.isKept(row)) {
      DoneShard done = SampleRows.toKept(row);
      finished.addAll(done.files());
      message.add(done);
    } else {
      write(SampleRows.toSample(row));
    }
  }

  private void write(MixedSample sample) throws IOException {
    long started = System.nanoTime();
    for (OpenShard shard : open(sample.place().view(), sample.place().shard())) {
      shard.write(sample);
    }
    metrics.addSample(sample, names.size());
    writeNanos += System.nanoTime() - started;
  }

  private List<OpenShard> open(int view, int shard) throws IOException {
    List<OpenShard> files = open.get(view);
    if (files == null) {
      files = new ArrayList<>();
      open.put(view, files);
      for (ShardNames ofFormat : names) {
        files.add(new OpenShard(output, folder, ofFormat, view, shard, job.context()));
      }
    }
    return files;
  }

  /** Finishes the files of all views of a pass, those without a sample included. */
  private void finishShard(int shard, ShardEnd end) throws IOException {
    long started = System.nanoTime();
    long records = 0;
    long bytes = 0;
    List<FragmentEntry> files = new ArrayList<>();
    for (int view = job.pairing().firstView(end.pass());
        view < job.pairing().endView(end.pass());
        view++) {
      long ofView = 0;
      for (OpenShard file : open(view, shard)) {
        ShardInfo info = file.finish();
        files.add(file.entry(info));
        ofView = info.records();
        bytes += file.sizeBytes();
      }
      checkCount(view, shard, ofView, end);
      records += ofView;
    }
    open.clear();
    if (!bad.isEmpty()) {
      String path = DataSetPaths.quarantine(shard);
      files.add(QuarantineFile.write(output, folder, path, bad));
      bad.clear();
    }
    end.times().addNanos(Stage.WRITE, writeNanos + System.nanoTime() - started);
    writeNanos = 0;
    kept.add(output, done(shard, end, records, bytes, files));
    finished.addAll(files);
    message.add(end, records, bytes);
    metrics.addFinished(bytes);
    metrics.addShard(end);
  }

  private static DoneShard done(
      int shard, ShardEnd end, long records, long bytes, List<FragmentEntry> files) {
    SortedMap<String, Long> nanos = new TreeMap<>();
    for (Stage stage : Stage.values()) {
      nanos.put(stage.label(), end.times().nanos(stage));
    }
    return new DoneShard(
        end.pass(),
        shard,
        end.inputs(),
        end.listed().hex(),
        end.bad(),
        end.badDigest(),
        records,
        bytes,
        nanos,
        files);
  }

  private static void checkCount(int view, int shard, long records, ShardEnd end) {
    if (records != end.inputs() - end.bad()) {
      throw new IllegalStateException(
          String.format(
              "View %d of shard %d has %d records, but %d inputs of which %d are bad",
              view, shard, records, end.inputs(), end.bad()));
    }
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.all();
  }

  /** Leaves the fragment of the manifest, and reports where. */
  @Override
  public WriterCommitMessage commit() throws IOException {
    if (!open.isEmpty()) {
      throw new IllegalStateException("A shard's end is missing behind its samples");
    }
    FragmentFile.write(output, message.fragment(), finished);
    return message;
  }

  /** Leaves the files: the run's folder is swept as a whole. */
  @Override
  public void abort() {}

  /** Frees what is open only: Spark calls this after a failed task too. */
  @Override
  public void close() throws IOException {
    for (List<OpenShard> files : open.values()) {
      for (OpenShard file : files) {
        file.close();
      }
    }
  }
}
