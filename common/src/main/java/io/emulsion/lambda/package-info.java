/** Draws lambda, the share of the first image. */
@NullMarked
package io.emulsion.lambda;

import org.jspecify.annotations.NullMarked;
