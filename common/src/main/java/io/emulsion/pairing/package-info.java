/** Passes, shards, blocks and the ring: who is whose partner. */
@NullMarked
package io.emulsion.pairing;

import org.jspecify.annotations.NullMarked;
