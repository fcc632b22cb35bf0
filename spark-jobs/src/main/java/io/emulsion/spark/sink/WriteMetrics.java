package io.emulsion.spark.sink;

import io.emulsion.mix.Stage;
import io.emulsion.mix.StageTimes;
import io.emulsion.sample.MixedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What one task attempt has written so far, as Spark's UI shows it. Not thread-safe. */
final class WriteMetrics {
  // By these two names Spark knows what a stage puts out.
  private static final String RECORDS = "recordsWritten";
  private static final String BYTES = "bytesWritten";
  private static final String BAD = "badInputs";
  private static final String INPUTS = "inputs";

  private record Value(String name, long value) implements CustomTaskMetric {}

  private final StageTimes times = new StageTimes();
  private long records;
  private long finishedBytes;
  private long openBytes;
  private long bad;
  private long inputs;

  /** Those of any frame. */
  static CustomMetric[] supportedOfFrames() {
    return new CustomMetric[] {
      new WriteMetric(RECORDS, "records written"),
      new WriteMetric(BYTES, "bytes written"),
      new WriteMetric(BAD, "bad inputs")
    };
  }

  /** Those of the mix command, which knows more. */
  static CustomMetric[] supported() {
    List<CustomMetric> metrics = new ArrayList<>(List.of(supportedOfFrames()));
    metrics.add(new WriteMetric(INPUTS, "input images"));
    for (Stage stage : Stage.values()) {
      metrics.add(new WriteMetric(name(stage), "milliseconds to " + stage.label()));
    }
    return metrics.toArray(new CustomMetric[0]);
  }

  private static String name(Stage stage) {
    return stage.label() + "Millis";
  }

  void addSample(MixedSample sample, int formats) {
    records++;
    openBytes += (long) sample.image().length * formats;
  }

  /** For a bad input of a frame; {@link #addShard} counts a shard's. */
  void addBad() {
    bad++;
  }

  /**
   * Of files that are complete their true size counts, of others the images in them.
   *
   * @param bytes of all that was open
   */
  void addFinished(long bytes) {
    finishedBytes += bytes;
    openBytes = 0;
  }

  /** Inputs are counted in pass 0, as the report does. */
  void addShard(SampleRows.ShardEnd end) {
    if (end.pass() == 0) {
      inputs += end.inputs();
      bad += end.bad();
    }
    times.add(end.times());
  }

  CustomTaskMetric[] ofFrame() {
    return new CustomTaskMetric[] {
      new Value(RECORDS, records), new Value(BYTES, finishedBytes + openBytes), new Value(BAD, bad)
    };
  }

  CustomTaskMetric[] all() {
    List<CustomTaskMetric> values = new ArrayList<>(List.of(ofFrame()));
    values.add(new Value(INPUTS, inputs));
    for (Stage stage : Stage.values()) {
      values.add(new Value(name(stage), TimeUnit.NANOSECONDS.toMillis(times.nanos(stage))));
    }
    return values.toArray(new CustomTaskMetric[0]);
  }
}
