/** What tests of jobs share: small inputs, and a file system that fails on purpose. */
@NullMarked
package io.emulsion.spark.testing;

import org.jspecify.annotations.NullMarked;
