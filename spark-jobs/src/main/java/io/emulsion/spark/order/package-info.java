/** Brings the references of a pass to their shards: the one shuffle. */
@NullMarked
package io.emulsion.spark.order;

import org.jspecify.annotations.NullMarked;
