package io.emulsion.spark.sink;

import io.emulsion.config.OutputOptions;
import io.emulsion.config.Version;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Place;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write of a data frame that is not the mix command's: the same private files, publishing and
 * manifest. What it cannot know before its rows come, it checks when all have come.
 */
final class FrameBatchWrite implements BatchWrite {
  private static final Logger LOG = LoggerFactory.getLogger(FrameBatchWrite.class);

  private final FrameOptions options;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final RunFolder run;
  private final Store output;
  private final OutputFolder folder;
  private final long startedMillis = System.currentTimeMillis();
  private EarlierRun earlier;
  private @Nullable OutputClaim claim;

  private FrameBatchWrite(
      FrameOptions options, Broadcast<SerializableConfiguration> hadoop, Store output)
      throws IOException {
    this.options = options;
    this.hadoop = hadoop;
    this.output = output;
    this.run = new RunFolder(output.folder().toString(), UUID.randomUUID().toString());
    this.folder = new OutputFolder(output, hadoop.value().value());
    this.folder.checkNoFile();
    this.earlier = EarlierRun.in(output);
  }

  /**
   * @throws EmulsionException (output conflict) if the output holds a data set or foreign files
   */
  static BatchWrite start(FrameOptions options, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    Store output = Store.of(options.config().output().path(), hadoop.value().value());
    FrameBatchWrite write = new FrameBatchWrite(options, hadoop, output);
    write.checkRenames();
    write.checkOutput();
    return write;
  }

  /** Two attempts of a task may well compute other rows, so neither may write a final name. */
  private void checkRenames() {
    if (options.config().output().publish() == OutputOptions.Publish.DIRECT) {
      throw EmulsionException.usage(
          "output.publish direct is for the mix command, whose attempts all write the same bytes; a"
              + " data frame is published by rename: leave the option out");
    }
  }

  private void checkOutput() throws IOException {
    if (earlier.dataSet() != null && !options.config().output().overwrite()) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s holds a data set already, and a data set is never added to: choose another path, or"
              + " replace it with option output.overwrite true",
          output.display());
    }
    ExistingFiles existing = new ExistingFiles(output);
    if (earlier.isNone()) {
      existing.checkNone(options.names());
    }
    List<ShardNames> ours = new ArrayList<>(earlier.names());
    ours.addAll(options.names());
    existing.checkNoneForeign(ours);
  }

  /** Claims the output here: from now on Spark calls {@link #commit} or {@link #abort}. */
  @Override
  public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
    try {
      folder.prepare();
      claim = OutputClaim.take(output, run.token(), LOG::info);
      earlier = EarlierRun.in(output);
      checkOutput();
      folder.sweepDead();
      return new FrameWriterFactory(run, hadoop, options);
    } catch (IOException e) {
      end();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  /** Spark calls {@link #abort} if this throws. */
  @Override
  public void commit(WriterCommitMessage[] messages) {
    try {
      publish(messages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    folder.sweepPublished();
    end();
  }

  private void end() {
    if (claim != null) {
      claim.close();
    }
    folder.removeEmpty();
  }

  private void publish(WriterCommitMessage[] messages) throws IOException {
    FrameTotals totals = new FrameTotals(options);
    List<FrameCommitMessage> tasks = new ArrayList<>();
    for (WriterCommitMessage message : messages) {
      tasks.add((FrameCommitMessage) message);
      totals.add((FrameCommitMessage) message);
    }
    totals.check();
    FrameCommitMessage empty = emptyShards(totals.missing());
    tasks.add(empty);
    totals.add(empty);
    SortedMap<String, String> canonical = options.canonical(totals.height(), totals.width());
    String fingerprint =
        Fingerprint.of(canonical, options.classes(), "content=" + totals.content().hex() + "\n");
    checkNoneOther(fingerprint);
    new DataSetPublisher(run, hadoop.value().value(), job(canonical, fingerprint, totals))
        .publish(
            tasks.stream().map(FrameCommitMessage::files).toArray(WriterCommitMessage[]::new),
            publisherTotals(tasks, totals));
  }

  /** Shards of which all images are bad have a file too. */
  private FrameCommitMessage emptyShards(List<Place> places) throws IOException {
    try (FrameDataWriter writer =
        new FrameWriterFactory(run, hadoop, options).writer(output, run.path() + "/empty")) {
      for (Place place : places) {
        writer.writeEmpty(place.view(), place.shard());
      }
      return (FrameCommitMessage) writer.commit();
    }
  }

  private void checkNoneOther(String fingerprint) {
    PublishRecord publishing = earlier.publishing();
    if (publishing != null
        && !publishing.fingerprint().equals(fingerprint)
        && !options.config().output().overwrite()) {
      throw EmulsionException.of(
          ExitCode.OUTPUT_CONFLICT,
          "%s holds files of a run with other options or inputs that did not end: choose another"
              + " path, or replace them with option output.overwrite true",
          output.display());
    }
  }

  private WriteJob job(
      SortedMap<String, String> canonical, String fingerprint, FrameTotals totals) {
    return new WriteJob(
        Version.current(),
        fingerprint,
        canonical,
        totals.inputs(),
        options.names(),
        Publishing.RENAME,
        options.config().pairing(),
        options.context(),
        new BadInputLimit(false, totals.inputs(), options.config().input().maxBadFraction()),
        Map.of(),
        earlier.names(),
        PresentViews.NONE,
        startedMillis);
  }

  private static DataSetPublisher.Totals publisherTotals(
      List<FrameCommitMessage> tasks, FrameTotals frame) {
    DataSetPublisher.Totals totals = new DataSetPublisher.Totals();
    for (FrameCommitMessage task : tasks) {
      totals.records += task.files().records();
      totals.sizeBytes += task.files().sizeBytes();
    }
    totals.bad = frame.bad();
    return totals;
  }

  /** Sweeps the run's folder; what a late attempt still writes there, the next run sweeps. */
  @Override
  public void abort(WriterCommitMessage[] messages) {
    folder.sweep(run);
    end();
  }
}
