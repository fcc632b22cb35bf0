package io.emulsion.spark.job;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.source.Snapshot;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a job takes, by formula, of the number of its inputs and of what a {@link TrialMix} of some
 * of them took.
 *
 * @param inputs bad ones included
 * @param idBytes mean length of an id
 * @param annotationBytes mean length of an image's boxes where references are shuffled
 * @param shards of a view
 * @param task what each running task takes
 * @param cost of a trial with the same options
 */
record PlanEstimate(
    long inputs,
    double idBytes,
    double annotationBytes,
    PairingOptions pairing,
    int shards,
    List<String> formats,
    TaskMemory task,
    TrialMix.Cost cost) {
  /**
   * Of a shuffled reference beside its id and boxes: numbers of fixed width, as Kryo writes them in
   * Spark 4.
   */
  private static final double REFERENCE_BYTES = 44;

  /** Of a reference in a task's memory beside its id and boxes, as Java's objects. */
  private static final double REFERENCE_HEAP_BYTES = 200;

  /** Live in the heap whatever the input: Spark itself and the classes. */
  private static final long DRIVER_BASE_BYTES = 100L << 20;

  /** What Spark keeps of each task, with the message that it sends at its end. */
  private static final long DRIVER_TASK_BYTES = 8 << 10;

  static PlanEstimate of(EmulsionConfig config, Snapshot snapshot, TrialMix.Cost cost) {
    double idBytes = mean(snapshot.sample(), r -> r.id().utf8().length);
    double annotationBytes =
        mean(snapshot.sample(), r -> AnnotationBytes.of(r.annotation()).length);
    int shards = ShardLayout.of(snapshot.count(), config.output().shardSamples()).shards();
    double ofShard =
        (double) snapshot.count()
            / shards
            * (REFERENCE_HEAP_BYTES + 2 * (idBytes + annotationBytes));
    return new PlanEstimate(
        snapshot.count(),
        idBytes,
        annotationBytes,
        config.pairing(),
        shards,
        config.output().formats(),
        TaskMemory.of(config, (double) cost.imageBytes(), ofShard),
        cost);
  }

  private static double mean(List<ImageReference> sample, ToIntFunction<ImageReference> bytes) {
    return sample.stream().mapToInt(bytes).average().orElse(0);
  }

  /** Of the stage that mixes; the one that reads the references has at most 1,000. */
  long tasks() {
    return new ShardRuns(pairing.passes(), shards).numPartitions();
  }

  /** Files that a task has open at once. */
  int openWriters() {
    return Math.min(pairing.views(), pairing.viewsPerPass()) * formats.size();
  }

  /** Of references alone: pixels are never shuffled. Before Spark compresses them. */
  double shuffleBytes() {
    return (double) inputs * pairing.passes() * (REFERENCE_BYTES + idBytes + annotationBytes);
  }

  /** In one format, all views. */
  double records() {
    return (double) inputs * (cost.inputs() - cost.bad()) / tried() * pairing.views();
  }

  /** Of all shards in all formats. */
  double outputBytes() {
    return cost.samples() == 0 ? 0 : records() * cost.bytes() / cost.samples();
  }

  /** On one core as fast as the trial's. */
  double coreSeconds() {
    double reading = inputs * (cost.inputSeconds() / tried()) * pairing.passes();
    double mixing = cost.samples() == 0 ? 0 : records() * cost.sampleSeconds() / cost.samples();
    return reading + mixing;
  }

  /** Inputs of the trial; 1 instead of 0, since without one all that it counted is 0. */
  private int tried() {
    return Math.max(1, cost.inputs());
  }

  /** What of the driver's heap is in use; garbage wants as much again. */
  double driverBytes() {
    return DRIVER_BASE_BYTES + (double) tasks() * DRIVER_TASK_BYTES;
  }
}
