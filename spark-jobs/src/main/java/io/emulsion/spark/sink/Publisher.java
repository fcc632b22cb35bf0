package io.emulsion.spark.sink;

import io.emulsion.shard.FragmentEntry;
import java.io.IOException;
import java.util.List;

/** How files of finished attempts come under their final names. */
interface Publisher {
  /**
   * Makes files visible. What stood under the names has been deleted.
   *
   * @param folder of the attempt that wrote them, relative to the output
   */
  void publish(String folder, List<FragmentEntry> files) throws IOException;
}
