package io.emulsion.spark.job;

import io.emulsion.config.Version;
import io.emulsion.error.ExitCode;
import io.emulsion.error.OneLine;
import io.emulsion.error.Suggestion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command: {@code emulsion mix}, {@code plan}, {@code verify} and {@code demo}. */
@Command(
    name = "emulsion",
    description = "Applies mixup to image training sets, on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Emulsion.VersionProvider.class,
    subcommands = {MixCommand.class, PlanCommand.class, VerifyCommand.class, DemoCommand.class})
public final class Emulsion {
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Emulsion " + Version.current()};
    }
  }

  /** What YARN shows of a driver that failed: its own exception for it differs between Sparks. */
  private static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(int exitCode) {
      super("Emulsion ended with exit code " + exitCode, null, false, false);
    }
  }

  private Emulsion() {}

  public static void main(String[] arguments) {
    Signals.install();
    int exitCode;
    try {
      exitCode = run(arguments);
    } finally {
      Signals.mainEnds(); // an Error is no signal
    }
    if (!isApplicationMaster()) {
      System.exit(exitCode);
    } else if (exitCode != 0) {
      throw new FailedException(exitCode);
    }
  }

  /**
   * Whether YARN started this JVM to run the driver. There an exit counts as a failure whatever its
   * code: what main returns or throws decides.
   */
  private static boolean isApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** Runs a command and returns its exit code; Spark is stopped when it returns. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Emulsion());
    line.setExecutionStrategy(Emulsion::execute);
    line.setParameterExceptionHandler(Emulsion::refuse);
    line.setExecutionExceptionHandler(
        (exception, commandLine, parsed) -> Failures.report(exception, commandLine.getErr()));
    return line.execute(arguments);
  }

  private static int execute(CommandLine.ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "no command given: try mix, plan, verify or demo");
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** One line, and a suggestion where a word is close to one that is known. */
  private static int refuse(ParameterException exception, String[] arguments) {
    CommandLine line = exception.getCommandLine();
    PrintWriter err = line.getErr();
    String message = OneLine.of(message(exception, line));
    String stop = message.endsWith("?") || message.endsWith(".") ? "" : ".";
    err.println("emulsion: " + message + stop + " See --help.");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static String message(ParameterException exception, CommandLine line) {
    if (exception instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      List<String> known = new ArrayList<>(line.getSubcommands().keySet());
      known.addAll(line.getCommandSpec().optionsMap().keySet());
      String what =
          word.startsWith("-")
              ? "option"
              : line.getSubcommands().isEmpty() ? "argument" : "command";
      return "unknown "
          + what
          + " '"
          + word
          + "'"
          + Suggestion.of(word, known).map(close -> ". Did you mean '" + close + "'?").orElse("");
    }
    return String.valueOf(exception.getMessage());
  }
}
