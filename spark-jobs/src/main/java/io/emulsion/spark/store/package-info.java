/** Files below a folder of any Hadoop file system. */
@NullMarked
package io.emulsion.spark.store;

import org.jspecify.annotations.NullMarked;
