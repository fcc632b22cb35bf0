/** Runs the mixer over a partition of references. */
@NullMarked
package io.emulsion.spark.mix;

import org.jspecify.annotations.NullMarked;
