/** The nouns: images, ids and mixed samples. Immutable, without I/O. */
@NullMarked
package io.emulsion.sample;

import org.jspecify.annotations.NullMarked;
