package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command that was run in this JVM.
 *
 * @param out what it printed
 * @param err what it complained of
 */
record Ran(int exitCode, String out, String err) {
  static Ran command(List<String> arguments) {
    return command(arguments.toArray(new String[0]));
  }

  static synchronized Ran command(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int exitCode = Emulsion.run(arguments);
      return new Ran(
          exitCode,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** The lines of {@link #err} but for those of what is done about what an earlier run left. */
  List<String> complaints() {
    return err.lines()
        .filter(line -> !line.contains(" shards are kept in "))
        .filter(line -> !line.endsWith("making the data set again"))
        .toList();
  }

  /** Checks that it ended well. */
  Ran ended() {
    assertThat(exitCode).as(err).isZero();
    return this;
  }

  /**
   * Checks the exit code, and that the complaint is one line that contains {@code parts}, but for
   * the one that says what is kept.
   */
  Ran refused(int code, String... parts) {
    assertThat(exitCode).as(err).isEqualTo(code);
    assertThat(complaints()).singleElement().asString().contains(parts).startsWith("emulsion: ");
    assertThat(out).isEmpty();
    return this;
  }
}
