package io.emulsion.spark.sink;

import java.io.IOException;
import java.util.List;

/** How what finished attempts wrote comes under its final names. */
interface Publisher {
  /**
   * Makes files, and folders with all that is in them, visible. What stood under the names has been
   * deleted.
   *
   * @param folder of the attempt that wrote them, relative to the output
   * @param paths below it, and below the output then
   */
  void publish(String folder, List<String> paths) throws IOException;
}
