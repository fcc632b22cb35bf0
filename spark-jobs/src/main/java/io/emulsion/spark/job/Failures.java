package io.emulsion.spark.job;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.error.OneLine;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Turns what a command threw into one line and an exit code. */
final class Failures {
  private Failures() {}

  /**
   * Prints a user's error as one line; anything unexpected with its stack trace, for the issue
   * tracker.
   *
   * @return the exit code
   */
  static int report(Throwable thrown, PrintWriter err) {
    if (Signals.stopping()) {
      return ExitCode.UNEXPECTED.number(); // the signal decides the exit code, and has its own line
    }
    EmulsionException ours = find(thrown, EmulsionException.class);
    IOException storage = find(thrown, IOException.class);
    ExitCode code;
    if (ours != null) {
      err.println("emulsion: " + ours.getMessage());
      code = ours.exitCode();
    } else if (storage != null && !(storage instanceof ObjectStreamException)) {
      err.println(
          "emulsion: a file could not be read or written: " + OneLine.of(describe(storage)));
      code = ExitCode.STORAGE;
    } else {
      err.println("emulsion: unexpected: " + OneLine.of(String.valueOf(thrown)));
      thrown.printStackTrace(err);
      code = ExitCode.UNEXPECTED;
    }
    err.flush();
    return code.number();
  }

  private static String describe(IOException storage) {
    String message = storage.getMessage();
    return message == null || message.isBlank()
        ? storage.getClass().getSimpleName()
        : storage.getClass().getSimpleName() + ": " + message;
  }

  /** The first of {@code type} among {@code thrown} and its causes. */
  static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < 50; depth++) {
      if (type.isInstance(current) && !(current instanceof UncheckedIOException)) {
        return type.cast(current);
      }
      current = current.getCause();
    }
    return null;
  }
}
