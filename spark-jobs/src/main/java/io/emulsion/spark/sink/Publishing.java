package io.emulsion.spark.sink;

import io.emulsion.config.OutputOptions;
import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import java.io.IOException;

/** How what attempts write comes under its final names. */
public enum Publishing {
  /** Attempts write private names, and the driver renames what their messages name. */
  RENAME {
    @Override
    String folder(String attempt) {
      return attempt;
    }
  },

  /**
   * Attempts write the final names. All attempts of a task write the same bytes, so it does not
   * matter whose stay; and one that gives up half way changes nothing.
   */
  DIRECT {
    @Override
    String folder(String attempt) {
      return "";
    }
  };

  /**
   * The folder in which an attempt writes, relative to the output; empty for the output itself.
   *
   * @param attempt its private folder
   */
  abstract String folder(String attempt);

  /**
   * @throws EmulsionException (usage) if {@code direct} is wanted where files are seen before they
   *     are complete
   */
  public static Publishing of(OutputOptions.Publish wanted, Store output) throws IOException {
    return switch (wanted) {
      case RENAME -> RENAME;
      case AUTO -> output.hidesUnfinished() ? DIRECT : RENAME;
      case DIRECT -> {
        if (!output.hidesUnfinished()) {
          throw EmulsionException.usage(
              "output.publish is direct, but in %s a file is seen before it is complete: set"
                  + " output.publish to auto or rename",
              output.display());
        }
        yield DIRECT;
      }
    };
  }
}
