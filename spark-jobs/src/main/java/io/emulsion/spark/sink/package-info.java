/** The DataSource V2 sink, and the publishing of what its tasks wrote. */
@NullMarked
package io.emulsion.spark.sink;

import org.jspecify.annotations.NullMarked;
