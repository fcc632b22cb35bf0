/** Reads data sets again and tells what is damaged. */
@NullMarked
package io.emulsion.spark.verify;

import org.jspecify.annotations.NullMarked;
