package io.emulsion.spark.job;

import io.emulsion.annotation.Mismatches;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.error.OneLine;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.source.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mix}: the job. */
@Command(
    name = "mix",
    mixinStandardHelpOptions = true,
    description = "Mixes an image set and writes it as shards.")
final class MixCommand implements Callable<Integer> {
  @Mixin private JobOptions options = new JobOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    EmulsionConfig config = options.read();
    PrintWriter out = spec.commandLine().getOut();
    ExecutorMemory.of(new SparkConf()).check(TaskMemory.of(config));
    try (Sessions sessions = Sessions.start("mix")) {
      summarize(new MixJob(config, sessions, spec.commandLine().getErr()).run(), out);
    }
    return 0;
  }

  /** What a person wants to know afterwards. */
  static void summarize(MixJob.Outcome outcome, PrintWriter out) {
    Report report = outcome.report();
    if (report == null) {
      out.printf("%s is already complete: nothing to do%n", outcome.output());
    } else {
      out.printf(
          Locale.ROOT,
          "Wrote %,d samples (%d view%s of %,d) in %,d files, %,.1f MB, to %s%n",
          report.records(),
          report.views(),
          report.views() == 1 ? "" : "s",
          report.inputs() - report.quarantined(),
          report.files(),
          report.bytes() / 1e6,
          outcome.output());
      if (report.presentViews() > 0) {
        out.printf(Locale.ROOT, "%d views were there before, and stay%n", report.presentViews());
      }
      if (report.keptShards() > 0) {
        out.printf(
            Locale.ROOT,
            "%,d shards had been made by a run that did not end%n",
            report.keptShards());
      }
      out.printf(
          Locale.ROOT,
          "%.1f s, %,.0f samples a second%n",
          report.seconds(),
          report.imagesPerSecond());
    }
    if (outcome.quarantined() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d of %,d inputs cannot be used: see %s/_emulsion/quarantine%n",
          outcome.quarantined(),
          outcome.snapshot().count(),
          outcome.output());
    }
    describe(outcome.snapshot(), out);
    out.flush();
  }

  /** What the listing passed over, what did not fit, and classes without an image or box. */
  static void describe(Snapshot snapshot, PrintWriter out) {
    if (!snapshot.ignored().isEmpty()) {
      out.println("Passed over: " + Snapshot.describe(snapshot.ignored()));
    }
    if (snapshot.boxes() != null) {
      describe(snapshot.boxes().mismatches(), out);
    }
    List<String> empty = snapshot.emptyClasses();
    if (!empty.isEmpty()) {
      out.println(
          (snapshot.boxes() == null ? "Classes without an image: " : "Classes without a box: ")
              + OneLine.of(String.join(", ", empty)));
    }
  }

  private static void describe(Mismatches mismatches, PrintWriter out) {
    mismatches
        .counts()
        .forEach(
            (kind, count) -> {
              out.printf(Locale.ROOT, "Mended or left out, %s: %,d%n", kind.plural(), count);
              mismatches.names(kind).forEach(name -> out.println("  " + OneLine.of(name)));
              if (count > mismatches.names(kind).size()) {
                out.println("  ...");
              }
            });
  }
}
