package io.emulsion.spark.mix;

import io.emulsion.codec.ImageCodec;
import io.emulsion.mix.BadInput;
import io.emulsion.mix.ImageReader;
import io.emulsion.mix.MixOptions;
import io.emulsion.mix.ShardMixer;
import io.emulsion.mix.StageTimes;
import io.emulsion.random.IdDigest;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.DoneShard;
import io.emulsion.spark.order.RankedReference;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.sink.SampleRows;
import io.emulsion.spark.sink.SampleRows.ShardEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run of shards: for each shard its samples, its bad inputs (in pass 0) and its end;
 * or one row for a shard that an earlier run made, of which no input is read then. Holds the
 * references of one shard. Not thread-safe.
 */
final class ShardRows implements Iterator<Row>, AutoCloseable {
  /** Finds shards that an earlier run made. */
  interface Finished {
    /** None. */
    Finished NOTHING = (pass, shard, inputs, listed) -> null;

    /**
     * @param inputs of the shard
     * @param listed their digest
     */
    @Nullable DoneShard find(int pass, int shard, long inputs, String listed);
  }

  private final MixOptions options;
  private final int pass;
  private final int endShard;
  private final Iterator<RankedReference> references;
  private final ImageReader reader;
  private final ImageCodec codec;
  private final BadInputs bad;
  private final Finished finished;
  private final Queue<Row> ready = new ArrayDeque<>();

  private @Nullable RankedReference ahead;
  private int nextShard;

  private int shard;
  private long inputs;
  private IdDigest listed = new IdDigest();
  private @Nullable ShardMixer mixer;
  private StageTimes times = new StageTimes();

  ShardRows(
      MixOptions options,
      ShardRuns runs,
      int partition,
      Iterator<RankedReference> references,
      ImageReader reader,
      ImageCodec codec,
      BadInputs bad,
      Finished finished) {
    this.options = options;
    this.pass = runs.passOf(partition);
    this.nextShard = runs.firstShard(partition);
    this.endShard = runs.endShard(partition);
    this.references = references;
    this.reader = reader;
    this.codec = codec;
    this.bad = bad;
    this.finished = finished;
    advance();
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty()) {
        if (mixer != null) {
          makeReady(mixer);
        } else if (nextShard < endShard) {
          startShard(nextShard++);
        } else {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void startShard(int number) {
    List<ImageReference> ofShard = new ArrayList<>();
    while (ahead != null && ahead.shard() == number) {
      ofShard.add(ahead.reference());
      advance();
    }
    shard = number;
    inputs = ofShard.size();
    listed = digest(ofShard);
    times = new StageTimes();
    bad.startShard();
    DoneShard done = finished.find(pass, number, inputs, listed.hex());
    if (done != null) {
      ready.add(SampleRows.kept(done));
      return;
    }
    mixer = new ShardMixer(options, pass, number, ofShard, reader, codec, times, bad);
  }

  /** Of the files as they were listed: a shard of files that changed since has another. */
  private static IdDigest digest(List<ImageReference> references) {
    IdDigest digest = new IdDigest();
    for (ImageReference reference : references) {
      digest.add(
          ImageKey.ofInput(
              reference.id(), reference.modifiedMillis(), Long.toString(reference.sizeBytes())));
    }
    return digest;
  }

  private void advance() {
    ahead = references.hasNext() ? references.next() : null;
  }

  private void makeReady(ShardMixer current) throws IOException {
    MixedSample sample = current.next();
    if (sample != null) {
      ready.add(SampleRows.sample(sample));
      return;
    }
    List<BadInput> badOfShard = bad.ofShard();
    if (pass == 0) {
      badOfShard.forEach(b -> ready.add(SampleRows.bad(shard, b)));
    }
    ready.add(
        SampleRows.end(
            shard, new ShardEnd(pass, inputs, listed, badOfShard.size(), bad.digest(), times)));
    close();
  }

  /** Gives back native memory; may be called at any time. */
  @Override
  public void close() {
    if (mixer != null) {
      mixer.close();
      mixer = null;
    }
  }
}
