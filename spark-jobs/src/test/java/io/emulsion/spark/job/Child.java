package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a JVM of its own: the finished jar on the Spark beside it, {@code local[2]}. */
final class Child {
  private static final int MOST_SECONDS = 120;

  private final Process process;
  private final Path mark;
  private final Path out;
  private final Path err;

  private Child(Process process, Path mark, Path out, Path err) {
    this.process = process;
    this.mark = mark;
    this.out = out;
    this.err = err;
  }

  /**
   * @param folder for its output
   * @param faults that it meets; empty for none
   */
  static Child start(Path folder, String faults, List<String> arguments) throws IOException {
    return start(folder, faults, List.of(), arguments);
  }

  /**
   * @param options of the JVM; they win over those of all children
   */
  static Child start(Path folder, String faults, List<String> options, List<String> arguments)
      throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    assertThat(target.resolve("emulsion.jar")).as("mvn package makes it").exists();
    Path out = Files.createTempFile(folder, "child", ".out");
    Path err = Files.createTempFile(folder, "child", ".err");
    Path mark = out.resolveSibling(out.getFileName() + ".mark");
    // A shell's background job ignores SIGINT, and so would whatever it starts.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What Spark needs opened; this JVM runs with the same.
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("--add-opens") || option.startsWith("-XX:+Ignore")) {
        command.add(option);
      }
    }
    command.add("-Xmx700m");
    command.add("-XX:TieredStopAtLevel=1"); // starts faster
    command.add("-Dspark.master=local[2]");
    command.add("-Dspark.ui.enabled=false");
    command.add(
        "-Dspark.hadoop." + FaultyFileSystem.CONF_KEY + "=" + FaultyFileSystem.class.getName());
    command.add("-D" + Faults.PROPERTY + "=" + faults);
    command.add("-D" + Faults.MARK_PROPERTY + "=" + mark);
    command.addAll(options);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            target.resolve("spark-jars") + "/*",
            target.resolve("emulsion.jar").toString(),
            target.resolve("test-classes").toString()));
    command.add(Emulsion.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.to(out.toFile()))
            .redirectError(Redirect.to(err.toFile()))
            .start();
    return new Child(process, mark, out, err);
  }

  static Child start(Path folder, Fault fault, List<String> arguments) throws IOException {
    return start(folder, fault.toString(), arguments);
  }

  /** Waits until a {@link Fault.Action#PAUSE} has begun. */
  void awaitPause() throws InterruptedException {
    for (int tenths = 0; !Files.exists(mark); tenths++) {
      assertThat(tenths).as("tenths of a second").isLessThan(MOST_SECONDS * 10);
      assertThat(process.isAlive()).as("still runs").isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /**
   * Sends another signal.
   *
   * @param name without {@code SIG}
   */
  void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor())
        .isZero();
  }

  long pid() {
    return process.pid();
  }

  /** Waits for its end. */
  Ran end(int seconds) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  Ran end() throws IOException, InterruptedException {
    return end(MOST_SECONDS);
  }
}
