/** Brings images to one shape: resize in integers, crop, stretch. */
@NullMarked
package io.emulsion.canvas;

import org.jspecify.annotations.NullMarked;
