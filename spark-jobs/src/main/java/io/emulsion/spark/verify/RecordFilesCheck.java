package io.emulsion.spark.verify;

import io.emulsion.shard.FolderReader;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the files of a shard's records against its index: each there, whole, and no other. */
final class RecordFilesCheck {
  private final Store dataSet;

  /** By the last name of the folder above it: images, labels. */
  private final Map<String, String> folders = new TreeMap<>();

  private final Set<String> expected = new TreeSet<>();
  private final List<String> damages = new ArrayList<>();
  private long sizeBytes;

  /**
   * @param index path of the shard
   */
  RecordFilesCheck(Store dataSet, String index) {
    this.dataSet = dataSet;
    for (String path : RecordFolders.beside(index)) {
      String above = path.substring(0, path.lastIndexOf('/'));
      folders.put(above.substring(above.lastIndexOf('/') + 1), path);
    }
  }

  /** Checks the files of the record that {@code reader} gave last. */
  void check(FolderReader reader) throws IOException {
    for (ShardInfo file : reader.files()) {
      int slash = file.path().indexOf('/');
      String path = folders.get(file.path().substring(0, slash)) + file.path().substring(slash);
      expected.add(path);
      check(path, file);
    }
  }

  private void check(String path, ShardInfo file) throws IOException {
    try {
      long found = dataSet.status(path).sizeBytes();
      sizeBytes += found;
      if (found != file.sizeBytes()) {
        damages.add(path + ": has " + found + " bytes, the index says " + file.sizeBytes());
        return;
      }
      String sha256 = Sha256.of(dataSet.read(path, Math.toIntExact(found)));
      if (!sha256.equals(file.sha256())) {
        damages.add(path + ": its SHA-256 is " + sha256 + ", the index says " + file.sha256());
      }
    } catch (FileNotFoundException e) {
      damages.add(path + ": is missing");
    } catch (EOFException e) {
      damages.add(path + ": was cut while it was read");
    }
  }

  /** Of all files read. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** What was found, a sentence each; call it when all records were checked. */
  List<String> damages() throws IOException {
    for (String folder : folders.values()) {
      for (StoredFile file : dataSet.list(folder)) {
        String path = folder + "/" + file.name();
        if (!expected.contains(path)) {
          damages.add(path + ": is not in the index");
        }
      }
    }
    return damages;
  }
}
