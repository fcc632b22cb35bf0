package io.emulsion.spark.mix;

import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.mix.MixOptions;
import io.emulsion.spark.order.RankedImage;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.sink.BadInputLimit;
import java.io.File;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Turns a task's images, whose bytes came along, into the rows of its shards. */
public final class MixImages implements Function2<Integer, Iterator<RankedImage>, Iterator<Row>> {
  private static final long serialVersionUID = 1;

  private final MixOptions options;
  private final ShardRuns runs;
  private final BadInputLimit limit;

  public MixImages(MixOptions options, ShardRuns runs, BadInputLimit limit) {
    this.options = options;
    this.runs = runs;
    this.limit = limit;
  }

  @Override
  public Iterator<Row> call(Integer partition, Iterator<RankedImage> images) {
    ImageCodec codec = new OpenCvCodec();
    SpilledImages spilled = new SpilledImages(images, localFolder());
    ShardRows rows =
        new ShardRows(
            options,
            runs,
            partition,
            spilled,
            spilled,
            codec,
            new BadInputs(limit),
            ShardRows.Finished.NOTHING);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  rows.close();
                  codec.close();
                  spilled.close();
                });
    return rows;
  }

  /** One of those that Spark spills to itself. */
  private static File localFolder() {
    File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    return folders[(int) (TaskContext.get().taskAttemptId() % folders.length)];
  }
}
