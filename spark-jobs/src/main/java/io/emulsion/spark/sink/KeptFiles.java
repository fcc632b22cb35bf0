package io.emulsion.spark.sink;

import io.emulsion.random.IdDigest;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.HashingOutputStream;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the files that an earlier run finished, and reads every byte of them. */
final class KeptFiles {
  private final Store output;

  KeptFiles(Store output) {
    this.output = output;
  }

  /** What a record's file adds to the digest of those of its shard. */
  static ImageKey keyOf(String path, byte[] bytes) {
    return ImageKey.ofInput(new ImageId(path), bytes.length, Sha256.of(bytes));
  }

  /**
   * The entry as its files lie now: where the task left them, or where a run that died in
   * publishing brought them; null if they are not whole in either place.
   */
  @Nullable FragmentEntry find(FragmentEntry entry) throws IOException {
    if (isWhole(entry)) {
      return entry;
    }
    FragmentEntry published = entry.inPlace();
    return isWhole(published) ? published : null;
  }

  private boolean isWhole(FragmentEntry entry) throws IOException {
    String path = DataSetPaths.below(entry.folder(), entry.file().path());
    ShardInfo file = entry.file();
    try {
      return output.status(path).sizeBytes() == file.sizeBytes()
          && hash(path).equals(file.sha256())
          && (file.records() == 0 || isWholeBeside(entry));
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private String hash(String path) throws IOException {
    try (InputStream in = output.open(path);
        HashingOutputStream hash = new HashingOutputStream(OutputStream.nullOutputStream())) {
      in.transferTo(hash);
      return hash.sha256();
    }
  }

  private boolean isWholeBeside(FragmentEntry entry) throws IOException {
    IdDigest digest = new IdDigest();
    for (String folder : RecordFolders.beside(entry.file().path())) {
      List<StoredFile> files = output.list(DataSetPaths.below(entry.folder(), folder));
      if (files.size() != entry.file().records()) {
        return false;
      }
      for (StoredFile file : files) {
        String path = folder + "/" + file.name();
        digest.add(keyOf(path, output.read(DataSetPaths.below(entry.folder(), path))));
      }
    }
    return digest.hex().equals(entry.beside());
  }
}
