/** Keys and generators: pure functions of (seed, purpose, view or pass, image id). */
@NullMarked
package io.emulsion.random;

import org.jspecify.annotations.NullMarked;
