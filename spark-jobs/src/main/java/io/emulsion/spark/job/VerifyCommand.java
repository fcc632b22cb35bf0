package io.emulsion.spark.job;

import io.emulsion.error.ExitCode;
import io.emulsion.error.OneLine;
import io.emulsion.spark.verify.DataSetVerifier;
import io.emulsion.spark.verify.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: reads a data set again. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Reads every file of a data set again: hashes, counts and records.")
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DATASET", description = "Folder of the data set.")
  private String dataSet = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (Sessions sessions = Sessions.start("verify")) {
      return verify(dataSet, sessions, spec.commandLine().getOut(), spec.commandLine().getErr())
          .number();
    }
  }

  /** Prints what was found: a line for each damage, or one that says that all is well. */
  static ExitCode verify(String dataSet, Sessions sessions, PrintWriter out, PrintWriter err)
      throws IOException {
    Verdict verdict = new DataSetVerifier(sessions.spark(), sessions.hadoop(), dataSet).verify();
    if (verdict.damages().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "Verified %s: %,d files, %,d records, %,.1f MB, all as the manifest says; %s%n",
          dataSet,
          verdict.files(),
          verdict.records(),
          verdict.sizeBytes() / 1e6,
          verdict.redrawn().text());
      out.flush();
      return ExitCode.DONE;
    }
    for (String damage : verdict.damages()) {
      err.println("emulsion: " + OneLine.of(damage));
    }
    err.println(
        "emulsion: the data set is damaged. "
            + (verdict.files() == 0
                ? "What belongs to it is not known: move the folder away, then run the mix command"
                    + " that made it again"
                : "Delete the files named above, then run the mix command that made it again: it"
                    + " makes what is missing"));
    err.flush();
    return ExitCode.DAMAGED;
  }
}
