package io.emulsion.spark.store;

import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job does with local files once for each image or shard, without Hadoop, which asks the
 * system up to nine times for a status and starts a process for each file and folder that it makes.
 */
final class LocalFiles {
  private LocalFiles() {}

  static byte[] read(File file, int sizeBytes) throws IOException {
    byte[] bytes = new byte[sizeBytes];
    try (InputStream in = new FileInputStream(file)) {
      int count = in.readNBytes(bytes, 0, sizeBytes);
      if (count < sizeBytes) {
        throw new EOFException(file + " ends after " + count + " bytes");
      }
    }
    return bytes;
  }

  /** Starts a file, and the folders above it; replaces one of that name. */
  static OutputStream create(File file) throws IOException {
    makeFolder(file.getParentFile());
    return new FileOutputStream(file);
  }

  static void makeFolder(File folder) throws IOException {
    if (!folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
      throw new IOException("Cannot make the folder " + folder);
    }
  }

  static StoredFile status(File file) throws IOException {
    try {
      return status(file.toPath());
    } catch (NoSuchFileException e) {
      throw notFound(file, e);
    }
  }

  /**
   * What lies in a folder, in no order. Links to nothing are left out, as Hadoop does.
   *
   * @throws FileNotFoundException if there is no such folder
   */
  static List<StoredFile> list(File folder) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder.toPath())) {
      for (Path file : content) {
        statusIfThere(file).ifPresent(found::add);
      }
    } catch (NoSuchFileException e) {
      throw notFound(folder, e);
    } catch (NotDirectoryException e) {
      return List.of(status(folder));
    }
    return found;
  }

  private static Optional<StoredFile> statusIfThere(Path file) throws IOException {
    try {
      return Optional.of(status(file));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a link to nothing, or gone since
    }
  }

  private static StoredFile status(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new StoredFile(
        file.getFileName().toString(),
        attributes.isDirectory(),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }

  private static FileNotFoundException notFound(File file, NoSuchFileException cause) {
    FileNotFoundException e = new FileNotFoundException("File " + file + " does not exist");
    e.initCause(cause);
    return e;
  }
}
