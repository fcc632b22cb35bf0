package io.emulsion.spark.sink;

import io.emulsion.random.IdDigest;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FolderFormat;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.RecordFile;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.shard.ShardWriter;
import io.emulsion.spark.store.PendingFile;
import io.emulsion.spark.store.Store;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;

/** One shard while it is written by an attempt. */
final class OpenShard implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Store output;
  private final String folder;
  private final ShardNames names;
  private final String path;
  private final ShardFormat format;
  private final ShardContext context;
  private final PendingFile file;
  private final HashingOutputStream out;
  private final ShardWriter writer;
  private long records;
  private final IdDigest recordFiles = new IdDigest();
  private long recordFileBytes;

  /**
   * @param folder in which the attempt writes, relative to the output
   * @param names of the files below it, and below the data set once they are published
   */
  OpenShard(
      Store output, String folder, ShardNames names, int view, int shard, ShardContext context)
      throws IOException {
    this.output = output;
    this.folder = folder;
    this.names = names;
    this.path = names.path(view, shard);
    this.format = ShardFormats.named(names.format());
    this.context = context;
    this.file = output.begin(DataSetPaths.below(folder, path));
    this.out = new HashingOutputStream(new BufferedOutputStream(file, BUFFER_BYTES));
    this.writer = format.writer(out, context);
  }

  void write(MixedSample sample) throws IOException {
    if (sample.place().position() != records) {
      throw new IllegalArgumentException(
          "Sample " + sample.place().key() + " came as number " + records + " of its shard");
    }
    if (format instanceof FolderFormat folders) {
      for (RecordFile file : folders.files(sample, context)) {
        write(file, sample.place());
      }
    }
    writer.write(sample);
    records++;
  }

  private void write(RecordFile file, Place place) throws IOException {
    String inShard = RecordFolders.path(names, place.view(), file.folder(), place.shard());
    output.write(DataSetPaths.below(folder, inShard + "/" + file.name()), file.bytes());
    recordFileBytes += file.bytes().length;
    recordFiles.add(KeptFiles.keyOf(inShard + "/" + file.name(), file.bytes()));
  }

  /** Completes and closes the file. */
  ShardInfo finish() throws IOException {
    writer.finish();
    out.flush();
    file.finish();
    return new ShardInfo(path, records, out.sizeBytes(), out.sha256());
  }

  /** What a fragment says of the finished file. */
  FragmentEntry entry(ShardInfo finished) {
    return new FragmentEntry(FragmentEntry.Kind.SHARD, folder, finished, recordFiles.hex());
  }

  /** Of the shard and of its records' files. */
  long sizeBytes() {
    return out.sizeBytes() + recordFileBytes;
  }

  /** Gives the file up unless it is finished. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
