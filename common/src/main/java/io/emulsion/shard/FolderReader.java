package io.emulsion.shard;

import java.util.List;

/**
 * Reads the index of a {@link FolderFormat}'s shard; the samples that it gives lack their image.
 */
public interface FolderReader extends ShardReader {
  /**
   * What the files of the sample read last must be: paths are {@code folder/name}, as {@link
   * RecordFile} has them.
   */
  List<ShardInfo> files();
}
