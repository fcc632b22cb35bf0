package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * Writes the rows of one task attempt of somebody's data frame to attempt-private files. The rows
 * of a shard stand together, each view's in the order of their positions.
 */
final class FrameDataWriter implements DataWriter<InternalRow> {
  /** What brings the rows of a shard together. */
  static final String ADVICE =
      "bring each shard into one partition and sort it, as Mixup does:"
          + " repartition(col(\"shard\")).sortWithinPartitions(\"shard\", \"view\", \"position\")";

  private final Store output;
  private final String folder;
  private final FrameColumns columns;
  private final SampleCheck check;
  private final List<ShardNames> names;
  private final ShardContext context;
  private final FrameCommitMessage message;
  private final List<FragmentEntry> finished = new ArrayList<>();
  private final Set<Place> finishedShards = new HashSet<>();
  private final SortedMap<Integer, List<QuarantineLine>> bad = new TreeMap<>();
  private final WriteMetrics metrics = new WriteMetrics();

  /** The open files of the shard at hand: for each view one of each format, and their samples. */
  private final SortedMap<Integer, OpenView> open = new TreeMap<>();

  private int openShard = -1;
  private int height;
  private int width;

  private static final class OpenView {
    final List<OpenShard> files = new ArrayList<>();
    int samples;
  }

  /**
   * @param folder of the attempt, relative to the output
   */
  FrameDataWriter(
      Store output,
      String folder,
      FrameColumns columns,
      List<ShardNames> names,
      ShardContext context) {
    this.output = output;
    this.folder = folder;
    this.columns = columns;
    this.names = names;
    this.context = context;
    this.check = new SampleCheck(names.get(0).views(), names.get(0).shards(), context);
    this.message = new FrameCommitMessage(folder);
  }

  /**
   * @throws EmulsionException (usage) if the row cannot be stored, or not there
   */
  @Override
  public void write(InternalRow row) throws IOException {
    if (columns.isBad(row)) {
      bad.computeIfAbsent(columns.shard(row), shard -> new ArrayList<>())
          .add(columns.quarantineLine(row));
      metrics.addBad();
      return;
    }
    MixedSample sample = columns.sample(row);
    check.check(sample);
    checkSize(sample);
    OpenView view = open(sample.place());
    if (sample.place().position() != view.samples) {
      throw EmulsionException.usage(
          "Sample %s stands where position %d of its shard belongs: %s",
          sample.place().key(), view.samples, ADVICE);
    }
    view.samples++;
    for (OpenShard file : view.files) {
      file.write(sample);
    }
    metrics.addSample(sample, names.size());
  }

  private void checkSize(MixedSample sample) {
    if (height == 0) {
      height = sample.height();
      width = sample.width();
    }
    if (sample.height() != height || sample.width() != width) {
      throw EmulsionException.usage(
          "Sample %s has %d x %d pixels, but others have %d x %d: a data set has images of one size",
          sample.place().key(), sample.height(), sample.width(), height, width);
    }
  }

  private OpenView open(Place place) throws IOException {
    if (place.shard() != openShard) {
      finishShard();
      openShard = place.shard();
    }
    OpenView view = open.get(place.view());
    if (view == null) {
      if (!finishedShards.add(new Place(place.view(), place.shard(), 0))) {
        throw EmulsionException.usage(
            "Sample %s does not stand with the others of its shard: %s", place.key(), ADVICE);
      }
      view = new OpenView();
      open.put(place.view(), view);
      for (ShardNames name : names) {
        view.files.add(new OpenShard(output, folder, name, place.view(), place.shard(), context));
      }
    }
    return view;
  }

  /** Makes a shard without a sample. */
  void writeEmpty(int view, int shard) throws IOException {
    open(new Place(view, shard, 0));
  }

  private void finishShard() throws IOException {
    for (Map.Entry<Integer, OpenView> view : open.entrySet()) {
      long sizeBytes = 0;
      for (OpenShard file : view.getValue().files) {
        ShardInfo info = file.finish();
        finish(file.entry(info));
        sizeBytes += file.sizeBytes();
      }
      message.add(view.getKey(), openShard, view.getValue().samples, sizeBytes);
      metrics.addFinished(sizeBytes);
    }
    open.clear();
  }

  private void finish(FragmentEntry entry) {
    ShardInfo file = entry.file();
    finished.add(entry);
    message
        .content()
        .add(ImageKey.ofInput(new ImageId(file.path()), file.records(), file.sha256()));
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.ofFrame();
  }

  /** Finishes what is open, leaves the fragment of the manifest, and reports where. */
  @Override
  public WriterCommitMessage commit() throws IOException {
    finishShard();
    for (Map.Entry<Integer, List<QuarantineLine>> shard : bad.entrySet()) {
      String path = DataSetPaths.quarantine(shard.getKey());
      finish(QuarantineFile.write(output, folder, path, shard.getValue()));
      message.addBad(shard.getKey(), shard.getValue().size());
    }
    message.setSize(height, width);
    FragmentFile.write(output, message.files().fragment(), finished);
    return message;
  }

  /** Leaves the files: the run's folder is swept as a whole. */
  @Override
  public void abort() {}

  /** Frees what is open only: Spark calls this after a failed task too. */
  @Override
  public void close() throws IOException {
    for (OpenView view : open.values()) {
      for (OpenShard file : view.files) {
        file.close();
      }
    }
  }
}
