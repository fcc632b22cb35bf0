/** User-facing errors, their exit codes, and argument checks. */
@NullMarked
package io.emulsion.error;

import org.jspecify.annotations.NullMarked;
