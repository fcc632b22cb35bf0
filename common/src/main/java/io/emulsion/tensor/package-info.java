/** ND4J: what is computed over whole arrays. */
@NullMarked
package io.emulsion.tensor;

import org.jspecify.annotations.NullMarked;
