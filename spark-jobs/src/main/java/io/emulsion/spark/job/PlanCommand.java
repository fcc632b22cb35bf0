package io.emulsion.spark.job;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.error.OneLine;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.spark.sink.OutputFolder;
import io.emulsion.spark.source.Snapshot;
import io.emulsion.spark.source.StoredImages;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plan}: what {@code mix} would do. Writes nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Lists the input and says what mix would make of it; writes nothing.")
final class PlanCommand implements Callable<Integer> {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  @Mixin private JobOptions options = new JobOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    EmulsionConfig config = options.read();
    PrintWriter out = spec.commandLine().getOut();
    try (Sessions sessions = Sessions.start("plan")) {
      Store output = Store.of(config.output().path(), sessions.spark().hadoopConfiguration());
      new OutputFolder(output, sessions.spark().hadoopConfiguration())
          .checkOutside(Inputs.folders(config.input()));
      Snapshot snapshot = Inputs.source(config, sessions, sessions.hadoop()).count();
      print(config, snapshot, out);
      StoredImages reader =
          new StoredImages(config.input().paths(), sessions.spark().hadoopConfiguration());
      TrialMix.Cost cost = new TrialMix(config, snapshot, reader).run();
      PlanEstimate estimate = PlanEstimate.of(config, snapshot, cost);
      print(estimate, cost, out);
      printExecutors(
          estimate, sessions.spark().getConf(), sessions.spark().defaultParallelism(), out);
    }
    return 0;
  }

  private static void print(EmulsionConfig config, Snapshot snapshot, PrintWriter out) {
    PairingOptions pairing = config.pairing();
    ShardLayout layout = ShardLayout.of(snapshot.count(), config.output().shardSamples());
    out.printf(
        Locale.ROOT,
        "%,d inputs, %,.1f MB, in %,d classes%n",
        snapshot.count(),
        snapshot.inputBytes() / 1e6,
        snapshot.classes().size());
    if (snapshot.boxes() != null) {
      out.printf(
          Locale.ROOT,
          "%,d boxes; %,d inputs have none%n",
          snapshot.boxes().count(),
          snapshot.boxes().imagesWithout());
    }
    for (int label = 0; label < snapshot.classes().size(); label++) {
      out.printf(
          Locale.ROOT,
          "  %5d  %s  %,d%n",
          label,
          OneLine.of(snapshot.classes().name(label)),
          snapshot.classCounts().get(label));
    }
    MixCommand.describe(snapshot, out);
    out.printf(
        Locale.ROOT,
        "%d view%s from %d pass%s over the input, each in %,d shard%s of about %,d samples (%s)%n",
        pairing.views(),
        pairing.views() == 1 ? "" : "s",
        pairing.passes(),
        pairing.passes() == 1 ? "" : "es",
        layout.shards(),
        layout.shards() == 1 ? "" : "s",
        Math.round((double) snapshot.count() / layout.shards()),
        String.join(", ", config.output().formats()));
    out.println("Fingerprint " + MixJob.fingerprint(config, snapshot));
    out.flush();
  }

  private static void print(PlanEstimate estimate, TrialMix.Cost cost, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Estimated from mixing %,d of the inputs in memory, of which %,d cannot be used:%n",
        cost.inputs(),
        cost.bad());
    out.printf(Locale.ROOT, "  %,.1f MB of shards%n", estimate.outputBytes() / 1e6);
    double seconds = estimate.coreSeconds();
    out.printf(
        Locale.ROOT,
        "  %,.1f core-%s on cores as fast as this one, reading the input included%n",
        seconds < SECONDS_OF_AN_HOUR ? seconds : seconds / SECONDS_OF_AN_HOUR,
        seconds < SECONDS_OF_AN_HOUR ? "seconds" : "hours");
    out.printf(
        Locale.ROOT,
        "  %,.1f MB of references shuffled, before compression%n",
        estimate.shuffleBytes() / 1e6);
    out.printf(
        Locale.ROOT,
        "  %,d tasks, each with %,d open file%s and up to %,.0f MB of memory%n",
        estimate.tasks(),
        estimate.openWriters(),
        estimate.openWriters() == 1 ? "" : "s",
        estimate.task().bytes() / 1e6);
    out.printf(
        Locale.ROOT,
        "  %,.0f MB of heap in use by the driver, beside its tasks where it runs them itself%n",
        estimate.driverBytes() / 1e6);
    out.flush();
  }

  /** For executors of as many tasks as the settings give them, or as this driver has slots. */
  private static void printExecutors(
      PlanEstimate estimate, SparkConf conf, int slots, PrintWriter out) {
    ExecutorMemory executor = ExecutorMemory.of(conf);
    boolean local = executor.kind() == ExecutorMemory.Kind.LOCAL;
    int tasks = local ? slots : executor.tasks();
    String heap = ExecutorMemory.wantedHeap(tasks, estimate.task());
    if (local) {
      out.printf("  here, with %d at once: --driver-memory %s%n", tasks, heap);
    }
    out.printf(
        "  an executor with %d at once: --executor-memory %s; on YARN and Kubernetes also"
            + " spark.executor.memoryOverhead=%s%n",
        tasks, heap, ExecutorMemory.wantedOverhead(tasks, estimate.task()));
    out.flush();
  }
}
