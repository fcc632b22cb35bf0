/** Header check in Java, then bytes to pixels and back. */
@NullMarked
package io.emulsion.codec;

import org.jspecify.annotations.NullMarked;
