package io.emulsion.shard;

import java.io.Serializable;

/**
 * A finished file of the data set, as the manifest has it.
 *
 * @param path below the data set's folder, {@code /}-joined
 * @param records in it; 0 for files that hold none
 * @param sizeBytes its length
 * @param sha256 of its bytes, in lower-case hexadecimal digits
 */
public record ShardInfo(String path, long records, long sizeBytes, String sha256)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
