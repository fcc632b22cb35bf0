package io.emulsion.shard.tfrecord;

import io.emulsion.shard.DamagedShardException;
import java.nio.ByteBuffer;

/**
 * A record as it was found in a file.
 *
 * @param number from 0
 * @param offset in the file at which its frame starts
 * @param data little endian, from position 0
 */
record Frame(long number, long offset, ByteBuffer data) {
  DamagedShardException damaged(String what) {
    return damaged(number, offset, what);
  }

  static DamagedShardException damaged(long number, long offset, String what) {
    return new DamagedShardException("Record " + number + " at byte " + offset + ": " + what);
  }
}
