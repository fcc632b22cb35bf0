package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import java.io.IOException;

/** Checks of input paths that all sources make. */
final class InputFolders {
  private InputFolders() {}

  /**
   * @param wanted what the path should be
   * @throws EmulsionException (usage) if it is no folder
   */
  static void check(Store store, String wanted) throws IOException {
    if (!store.exists("")) {
      throw EmulsionException.usage(
          "The input path %s does not exist: check --input", store.display());
    }
    if (!store.status("").isFolder()) {
      throw EmulsionException.usage(
          "The input path %s is a file: --input takes %s", store.display(), wanted);
    }
  }
}
