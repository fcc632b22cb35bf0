/** A shard's life: open, write, finish; and the manifest that names every shard. */
@NullMarked
package io.emulsion.shard;

import org.jspecify.annotations.NullMarked;
