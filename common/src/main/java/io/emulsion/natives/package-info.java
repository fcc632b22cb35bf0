/** Where native libraries are unpacked, the same for all of them. */
@NullMarked
package io.emulsion.natives;

import org.jspecify.annotations.NullMarked;
