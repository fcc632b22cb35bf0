package io.emulsion.spark.job;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.error.OneLine;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.source.FolderSource;
import io.emulsion.spark.source.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  /** What the listing passed over, and classes without an image. */
  static void describe(Snapshot snapshot, PrintWriter out) {
    if (!snapshot.ignored().isEmpty()) {
      out.println("Passed over: " + FolderSource.describe(snapshot.ignored()));
    }
    List<String> empty = snapshot.emptyClasses();
    if (!empty.isEmpty()) {
      out.println("Classes without an image: " + OneLine.of(String.join(", ", empty)));
    }
  }
}
