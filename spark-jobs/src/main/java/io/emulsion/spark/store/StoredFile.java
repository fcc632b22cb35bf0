package io.emulsion.spark.store;

import org.apache.hadoop.fs.FileStatus;

/**
 * What a file system tells of a file or folder.
 *
 * @param name the last part of its path
 * @param sizeBytes 0 of a folder
 * @param modifiedMillis since 1970; what the file system makes of it, which may be seconds
 */
public record StoredFile(String name, boolean isFolder, long sizeBytes, long modifiedMillis) {
  static StoredFile of(FileStatus status) {
    return new StoredFile(
        status.getPath().getName(),
        status.isDirectory(),
        status.getLen(),
        status.getModificationTime());
  }
}
