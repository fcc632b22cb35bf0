/** The command and its subcommands. */
@NullMarked
package io.emulsion.spark.job;

import org.jspecify.annotations.NullMarked;
