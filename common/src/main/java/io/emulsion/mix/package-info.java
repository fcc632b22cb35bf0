/** One block of samples in, mixed samples out. */
@NullMarked
package io.emulsion.mix;

import org.jspecify.annotations.NullMarked;
