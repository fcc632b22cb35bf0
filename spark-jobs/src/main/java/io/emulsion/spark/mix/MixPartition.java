package io.emulsion.spark.mix;

import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.mix.MixOptions;
import io.emulsion.mix.ReadAhead;
import io.emulsion.shard.DoneShard;
import io.emulsion.spark.order.RankedReference;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.sink.BadInputLimit;
import io.emulsion.spark.sink.KeptShards;
import io.emulsion.spark.source.StoredImages;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** Turns a task's references into the rows of its shards. */
public final class MixPartition
    implements Function2<Integer, Iterator<RankedReference>, Iterator<Row>> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String[] roots;
  private final MixOptions options;
  private final ShardRuns runs;
  private final BadInputLimit limit;
  private final int readsInFlight;
  private final String output;
  private final @Nullable KeptShards kept;

  /**
   * @param roots the input paths, in the order in which references number them
   * @param readsInFlight how many inputs a task reads ahead; 1 for none
   * @param output the data set's folder
   * @param kept shards that need not be made again; null if there are none
   */
  public MixPartition(
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      MixOptions options,
      ShardRuns runs,
      BadInputLimit limit,
      int readsInFlight,
      String output,
      @Nullable KeptShards kept) {
    this.hadoop = hadoop;
    this.roots = roots.toArray(new String[0]);
    this.options = options;
    this.runs = runs;
    this.limit = limit;
    this.readsInFlight = readsInFlight;
    this.output = output;
    this.kept = kept;
  }

  @Override
  public Iterator<Row> call(Integer partition, Iterator<RankedReference> references)
      throws IOException {
    ReadAhead reader =
        new ReadAhead(new StoredImages(List.of(roots), hadoop.value().value()), readsInFlight);
    ImageCodec codec = new OpenCvCodec();
    ShardRows rows =
        new ShardRows(
            options,
            runs,
            partition,
            references,
            reader,
            codec,
            new BadInputs(limit),
            kept == null ? ShardRows.Finished.NOTHING : finished(kept));
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  reader.close();
                  rows.close();
                  codec.close();
                });
    return rows;
  }

  private ShardRows.Finished finished(KeptShards ofRun) throws IOException {
    Store store = Store.of(output, hadoop.value().value());
    return (pass, shard, inputs, listed) -> {
      DoneShard done = ofRun.find(store, pass, shard, inputs, listed);
      // Where one bad input ends the job, the shard is made again, which names it.
      return done != null && limit.failAtOnce() && done.bad() > 0 ? null : done;
    };
  }
}
