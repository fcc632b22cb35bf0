/** Inputs become the snapshot: references with stable ids. */
@NullMarked
package io.emulsion.spark.source;

import org.jspecify.annotations.NullMarked;
