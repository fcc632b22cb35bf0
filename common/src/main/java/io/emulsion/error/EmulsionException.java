package io.emulsion.error;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error that a user can act on. The message is one line: what is wrong, where (file, key or row)
 * and what to do. Bugs are unchecked JDK exceptions instead.
 */
public final class EmulsionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  private EmulsionException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.exitCode = exitCode;
  }

  /** A wrong option, configuration or input folder: exit code 2. */
  @FormatMethod
  public static EmulsionException usage(
      @FormatString String format, @Nullable Object... arguments) {
    return new EmulsionException(
        ExitCode.USAGE, String.format(Locale.ROOT, format, arguments), null);
  }

  /** An error with the exit code {@code exitCode}. */
  @FormatMethod
  public static EmulsionException of(
      ExitCode exitCode, @FormatString String format, @Nullable Object... arguments) {
    return new EmulsionException(exitCode, String.format(Locale.ROOT, format, arguments), null);
  }

  /** An error with the exit code {@code exitCode} that {@code cause} led to. */
  @FormatMethod
  public static EmulsionException of(
      ExitCode exitCode,
      Throwable cause,
      @FormatString String format,
      @Nullable Object... arguments) {
    return new EmulsionException(exitCode, String.format(Locale.ROOT, format, arguments), cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
