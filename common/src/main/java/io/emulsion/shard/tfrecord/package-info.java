/** Shards as TFRecord files of tf.Example records. */
@NullMarked
package io.emulsion.shard.tfrecord;

import org.jspecify.annotations.NullMarked;
