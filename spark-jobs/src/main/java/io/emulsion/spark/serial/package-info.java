/** What crosses the wire. */
@NullMarked
package io.emulsion.spark.serial;

import org.jspecify.annotations.NullMarked;
