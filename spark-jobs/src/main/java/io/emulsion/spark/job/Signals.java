package io.emulsion.spark.job;

/**
 * What a signal (Ctrl-C, SIGTERM) leaves to say. The JVM runs its shutdown hooks and exits with 130
 * or 143; the main thread then stands in the middle of a job that Spark is taking down.
 */
final class Signals {
  private static volatile boolean ending;
  private static volatile boolean stopping;

  private Signals() {}

  /** Prints one line when the JVM is stopped before {@link #mainEnds}. */
  static void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!ending) {
                    stopping = true;
                    System.err.println(
                        "emulsion: stopped by a signal. The same command, run again, makes the data"
                            + " set whole.");
                  }
                },
                "emulsion-signals"));
  }

  /** Whether a signal is ending this JVM. */
  static boolean stopping() {
    return stopping;
  }

  static void mainEnds() {
    ending = true;
  }
}
