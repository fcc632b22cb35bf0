package io.emulsion.error;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.jspecify.annotations.Nullable;

/** Checks that read as one line. */
public final class Checks {
  private Checks() {}

  /**
   * Checks what the user has set.
   *
   * @throws EmulsionException with exit code 2 and the formatted message unless {@code holds}
   */
  @FormatMethod
  public static void option(
      boolean holds, @FormatString String format, @Nullable Object... arguments) {
    if (!holds) {
      throw EmulsionException.usage(format, arguments);
    }
  }
}
