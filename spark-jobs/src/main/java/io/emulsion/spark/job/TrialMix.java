package io.emulsion.spark.job;

import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.mix.ImageReader;
import io.emulsion.mix.MixOptions;
import io.emulsion.mix.ShardMixer;
import io.emulsion.mix.Stage;
import io.emulsion.mix.StageTimes;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.FolderFormat;
import io.emulsion.shard.RecordFile;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardWriter;
import io.emulsion.spark.source.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Mixes the snapshot's sample of the input in memory, on one thread, to know what all of it would
 * take. Nothing is written.
 */
final class TrialMix {
  private static final int FIRST_INPUTS = 8;

  /** Enough for the JIT compiler to have seen most of the code. */
  private static final long ENOUGH_NANOS = 2_000_000_000;

  /** How long the whole sample is waited for, on a slow or busy machine. */
  private static final long MOST_NANOS = 30_000_000_000L;

  private final MixOptions options;
  private final ShardContext context;
  private final List<String> formats;
  private final List<ImageReference> sample;
  private final ImageReader reader;

  TrialMix(EmulsionConfig config, Snapshot snapshot, ImageReader reader) {
    this.options = config.mixOptions(snapshot.classes().size());
    this.context = MixJob.context(config, snapshot);
    this.formats = config.output().formats();
    this.sample = snapshot.sample();
    this.reader = reader;
  }

  /**
   * What the sample took.
   *
   * @param inputs that were read
   * @param bad of them
   * @param samples that were made, in the views of one pass
   * @param bytes of all records, in all formats, files of their own included
   * @param imageBytes of the largest mixed image in memory
   * @param inputSeconds for reading, decoding and fitting the inputs
   * @param sampleSeconds for blending, encoding and framing the samples
   */
  record Cost(
      int inputs,
      int bad,
      long samples,
      long bytes,
      long imageBytes,
      double inputSeconds,
      double sampleSeconds) {}

  /** Mixes more and more of the sample, then all of it again until the time is up. */
  Cost run() throws IOException {
    if (sample.isEmpty()) {
      return new Cost(0, 0, 0, 0, 0, 0, 0);
    }
    long started = System.nanoTime();
    int inputs = Math.min(FIRST_INPUTS, sample.size());
    try (ImageCodec codec = new OpenCvCodec()) {
      Cost cost = mix(inputs, codec);
      while (System.nanoTime() - started < (inputs < sample.size() ? MOST_NANOS : ENOUGH_NANOS)) {
        inputs = Math.min(2 * inputs, sample.size());
        cost = mix(inputs, codec);
      }
      return cost;
    }
  }

  private Cost mix(int inputs, ImageCodec codec) throws IOException {
    StageTimes times = new StageTimes();
    int[] bad = {0};
    CountingStream out = new CountingStream();
    List<ShardWriter> writers = new ArrayList<>();
    List<FolderFormat> folderFormats = new ArrayList<>();
    for (String name : formats) {
      ShardFormat format = ShardFormats.named(name);
      writers.add(format.writer(out, context));
      if (format instanceof FolderFormat folders) {
        folderFormats.add(folders);
      }
    }
    long samples = 0;
    long imageBytes = 0;
    try (ShardMixer mixer =
        new ShardMixer(
            options, 0, 0, sample.subList(0, inputs), reader, codec, times, input -> bad[0]++)) {
      for (MixedSample mixed = mixer.next(); mixed != null; mixed = mixer.next()) {
        samples++;
        imageBytes = Math.max(imageBytes, 3L * mixed.height() * mixed.width());
        long started = System.nanoTime();
        for (ShardWriter writer : writers) {
          writer.write(mixed);
        }
        for (FolderFormat format : folderFormats) {
          for (RecordFile file : format.files(mixed, context)) {
            out.write(file.bytes());
          }
        }
        times.add(Stage.WRITE, started);
      }
    }
    for (ShardWriter writer : writers) {
      writer.finish();
    }
    return new Cost(
        inputs,
        bad[0],
        samples,
        out.count,
        imageBytes,
        seconds(times, Stage.READ, Stage.DECODE, Stage.PREPARE),
        seconds(times, Stage.BLEND, Stage.ENCODE, Stage.WRITE));
  }

  private static double seconds(StageTimes times, Stage... stages) {
    long nanos = 0;
    for (Stage stage : stages) {
      nanos += times.nanos(stage);
    }
    return nanos / 1e9;
  }

  /** Counts bytes and forgets them. */
  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
