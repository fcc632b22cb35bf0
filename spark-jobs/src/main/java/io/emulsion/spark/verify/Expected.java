package io.emulsion.spark.verify;

import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a data set must agree with, beside the manifest.
 *
 * @param names of the shards in each format
 * @param minWeight boxes that weighed less were left out
 * @param draws null where they cannot be made again
 */
record Expected(
    ShardContext context, List<ShardNames> names, double minWeight, @Nullable Draws draws)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Where nothing is known yet: enough to check the files that tell the rest. */
  static final Expected NOTHING =
      new Expected(new ShardContext(List.of(), "", 0, false), List.of(), 0, null);
}
