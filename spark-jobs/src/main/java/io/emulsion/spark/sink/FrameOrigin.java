package io.emulsion.spark.sink;

import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * What the column of shard numbers says in its metadata about the whole data frame that a Mixup
 * stage made; lost where the column is computed anew.
 *
 * @param config the stage's options: {@link io.emulsion.config.EmulsionConfig#toJson}
 * @param shards in each view
 * @param inputs of the stage, bad ones included
 */
public record FrameOrigin(String config, int shards, long inputs) {
  private static final String KEY = "emulsion";
  private static final String CONFIG = "config";
  private static final String SHARDS = "shards";
  private static final String INPUTS = "inputs";

  /** For the column. */
  public Metadata metadata() {
    Metadata origin =
        new MetadataBuilder()
            .putString(CONFIG, config)
            .putLong(SHARDS, shards)
            .putLong(INPUTS, inputs)
            .build();
    return new MetadataBuilder().putMetadata(KEY, origin).build();
  }

  /** What {@code column} says; null if nothing. */
  static @Nullable FrameOrigin of(StructField column) {
    if (!column.metadata().contains(KEY)) {
      return null;
    }
    Metadata origin = column.metadata().getMetadata(KEY);
    return new FrameOrigin(
        origin.getString(CONFIG), (int) origin.getLong(SHARDS), origin.getLong(INPUTS));
  }
}
