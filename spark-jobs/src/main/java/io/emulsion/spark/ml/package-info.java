/** Mixup as a stage of MLlib. */
@NullMarked
package io.emulsion.spark.ml;

import org.jspecify.annotations.NullMarked;
