package io.emulsion.shard;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A kind of shard file. Each has a package of its own below this one, and is found by name through
 * {@link java.util.ServiceLoader}: one line in {@code META-INF/services}. Stateless and
 * thread-safe.
 */
public interface ShardFormat {
  /** The name in {@code output.format}, also the folder of its shards. */
  String name();

  /** Of the files, without a dot. */
  String extension();

  /**
   * Starts a shard.
   *
   * @param out gets the file's bytes; the writer does not close it
   */
  ShardWriter writer(OutputStream out, ShardContext context) throws IOException;

  /**
   * Opens a shard for reading it back.
   *
   * @param in the whole file; the reader does not close it
   */
  ShardReader reader(ShardInput in, ShardContext context) throws IOException;
}
