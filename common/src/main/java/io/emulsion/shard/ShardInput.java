package io.emulsion.shard;

import java.io.IOException;

/** A file's bytes, read at any position. */
public interface ShardInput {
  long sizeBytes() throws IOException;

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void readFully(long position, byte[] buffer, int offset, int length) throws IOException;
}
