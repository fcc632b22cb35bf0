/** Classes, and what two labels become. */
@NullMarked
package io.emulsion.label;

import org.jspecify.annotations.NullMarked;
