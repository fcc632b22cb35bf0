/** What each step of making a sample takes, on one thread: {@code submit/benchmark --kernels}. */
@NullMarked
package io.emulsion.kernel;

import org.jspecify.annotations.NullMarked;
