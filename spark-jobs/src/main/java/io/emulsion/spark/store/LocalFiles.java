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
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a job does with local files once for each image or shard, without Hadoop, which asks the
 * system up to nine times for a status and starts a process for each file and folder that it makes.
 */
final class LocalFiles {
  private LocalFiles() {}

  static byte[] read(Path path, int sizeBytes) throws IOException {
    try (InputStream in = new FileInputStream(file(path))) {
      byte[] bytes = in.readNBytes(sizeBytes);
      if (bytes.length < sizeBytes) {
        throw new EOFException(path + " ends after " + bytes.length + " bytes");
      }
      return bytes;
    }
  }

  /** Starts a file, and the folders above it; replaces one of that name. */
  static OutputStream create(Path path) throws IOException {
    makeFolder(path.getParent());
    return new FileOutputStream(file(path));
  }

  static void makeFolder(Path path) throws IOException {
    File folder = file(path);
    if (!folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
      throw new IOException("Cannot make the folder " + folder);
    }
  }

  static FileStatus status(Path path) throws IOException {
    try {
      return status(file(path).toPath(), path);
    } catch (NoSuchFileException e) {
      throw notFound(path, e);
    }
  }

  /**
   * What lies in a folder, in no order. Links to nothing are left out, as Hadoop does.
   *
   * @throws FileNotFoundException if there is no such folder
   */
  static List<FileStatus> list(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> content =
        Files.newDirectoryStream(file(folder).toPath())) {
      for (java.nio.file.Path file : content) {
        statusIfThere(file, folder).ifPresent(found::add);
      }
    } catch (NoSuchFileException e) {
      throw notFound(folder, e);
    } catch (NotDirectoryException e) {
      return List.of(status(folder));
    }
    return found;
  }

  private static Optional<FileStatus> statusIfThere(java.nio.file.Path file, Path folder)
      throws IOException {
    try {
      return Optional.of(status(file, new Path(folder + "/" + file.getFileName())));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a link to nothing, or gone since
    }
  }

  private static FileStatus status(java.nio.file.Path file, Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStatus(
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.isDirectory(),
        1,
        0,
        attributes.lastModifiedTime().toMillis(),
        path);
  }

  private static File file(Path path) {
    return new File(path.toUri().getPath());
  }

  private static FileNotFoundException notFound(Path path, NoSuchFileException cause) {
    FileNotFoundException e = new FileNotFoundException("File " + path + " does not exist");
    e.initCause(cause);
    return e;
  }
}
