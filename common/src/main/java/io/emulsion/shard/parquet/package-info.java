/** Shards as Parquet files that Hugging Face's {@code datasets} opens with images and classes. */
@NullMarked
package io.emulsion.shard.parquet;

import org.jspecify.annotations.NullMarked;
