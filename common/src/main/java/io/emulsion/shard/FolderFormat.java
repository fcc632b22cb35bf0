package io.emulsion.shard;

import io.emulsion.sample.MixedSample;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A format for loaders that read folders: each record is files of its own, and the shard's file is
 * an index that lists them with their hashes. Beside the indexes of a view lie {@link #folders()},
 * in each of these a folder a shard ({@link RecordFolders}), and in it the records' files. Files
 * that loaders open first are made of the indexes when all tasks are done: one of each of {@link
 * #viewFiles()} a view, and one of each of {@link #setFiles()} over all views ({@link Listings}).
 */
public interface FolderFormat extends ShardFormat {
  /** Names of the folders beside a view's indexes. */
  List<String> folders();

  /** Whether a record of this shard may have a file of that name in that folder. */
  boolean mayHold(String folder, int view, int shard, String name);

  /** Whether loaders pass over a plain file called {@code name} right below a folder. */
  boolean isPassedOver(String name);

  /** The files of one record, a pure function of it. */
  List<RecordFile> files(MixedSample sample, ShardContext context);

  @Override
  FolderReader reader(ShardInput in, ShardContext context) throws IOException;

  /** Names of the files that each view has one of. */
  List<String> viewFiles();

  /** Names of the files over all views. */
  List<String> setFiles();

  /** The indexes of a view, in the order of their shards. */
  interface Indexes {
    int count();

    InputStream open(int shard) throws IOException;
  }

  /**
   * Writes the file {@code name} of a view; holds no more than a record of it.
   *
   * @param name one of {@link #viewFiles()}
   * @param out should be buffered; stays open
   * @throws DamagedShardException if an index is not what a {@link ShardWriter} wrote
   */
  void writeViewFile(String name, int view, Indexes indexes, ShardContext context, OutputStream out)
      throws IOException;

  /** Writes the file {@code name} over all views; {@code out} stays open. */
  void writeSetFile(String name, int views, ShardContext context, OutputStream out)
      throws IOException;
}
