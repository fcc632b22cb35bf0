/** Two images and a lambda become one view. */
@NullMarked
package io.emulsion.blend;

import org.jspecify.annotations.NullMarked;
