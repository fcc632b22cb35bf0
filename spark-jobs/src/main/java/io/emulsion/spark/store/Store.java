package io.emulsion.spark.store;

import io.emulsion.shard.ShardInput;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * The files below one folder. Paths given to it are relative, {@code /}-joined; all characters that
 * the file system takes are allowed in them, colons and line breaks included. Thread-safe.
 */
public final class Store {
  private final FileSystem files;
  private final Path folder;

  /** Null unless it is a folder of the local file system. */
  private final @Nullable File localFolder;

  private Store(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
    this.localFolder =
        files.getClass() == RawLocalFileSystem.class ? new File(folder.toUri().getPath()) : null;
  }

  /**
   * @param folder a Hadoop path; without a scheme it lies in the default file system
   * @throws IOException if its file system cannot be reached
   */
  public static Store of(String folder, Configuration configuration) throws IOException {
    Path path = new Path(folder);
    FileSystem files = path.getFileSystem(configuration);
    // Without the checksum files that LocalFileSystem writes beside each file.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    return new Store(plain, files.makeQualified(path));
  }

  /** The folder as a user would write it: without {@code file:}. */
  public String display() {
    return "file".equals(folder.toUri().getScheme()) ? folder.toUri().getPath() : folder.toString();
  }

  /** The folder, with scheme and authority. */
  public Path folder() {
    return folder;
  }

  /** The full path of {@code relative}; the folder itself for the empty string. */
  public Path path(String relative) {
    return relative.isEmpty() ? folder : new Path(folder + "/" + relative);
  }

  private static File file(File folder, String relative) {
    return relative.isEmpty() ? folder : new File(folder, relative);
  }

  /**
   * Whether a file becomes visible only when it is finished, and one that is given up never does:
   * so it is in object stores, where a rename is a copy.
   */
  public boolean hidesUnfinished() throws IOException {
    return files.hasPathCapability(folder, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  /** Starts a file that nobody should see unless it is finished; else as {@link #create}. */
  public PendingFile begin(String relative) throws IOException {
    return new PendingFile(create(relative));
  }

  /** Starts a file, and the folders above it; replaces one of that name. */
  public OutputStream create(String relative) throws IOException {
    return localFolder != null
        ? LocalFiles.create(file(localFolder, relative))
        : files.create(path(relative), true);
  }

  public InputStream open(String relative) throws IOException {
    return files.open(path(relative));
  }

  /** Opens a file for reads at any position. */
  public OpenFile openFile(String relative) throws IOException {
    return new OpenFile(files.open(path(relative)), status(relative).sizeBytes());
  }

  /** A file that is open for reads at any position. */
  public static final class OpenFile implements ShardInput, AutoCloseable {
    private final FSDataInputStream in;
    private final long sizeBytes;

    private OpenFile(FSDataInputStream in, long sizeBytes) {
      this.in = in;
      this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      in.readFully(position, buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** All bytes of a file of {@code sizeBytes}; an {@link java.io.EOFException} if it is shorter. */
  public byte[] read(String relative, int sizeBytes) throws IOException {
    if (localFolder != null) {
      return LocalFiles.read(file(localFolder, relative), sizeBytes);
    }
    byte[] bytes = new byte[sizeBytes];
    try (FSDataInputStream in = openWhole(path(relative), sizeBytes)) {
      in.readFully(bytes);
    }
    return bytes;
  }

  /** Told the length, object stores ask for the bytes at once instead of for a status first. */
  private FSDataInputStream openWhole(Path path, int sizeBytes) throws IOException {
    return FutureIO.awaitFuture(
        files
            .openFile(path)
            .opt("fs.option.openfile.length", Integer.toString(sizeBytes))
            .opt("fs.option.openfile.read.policy", "whole-file")
            .build());
  }

  /** All bytes of a small file. */
  public byte[] read(String relative) throws IOException {
    return read(relative, Math.toIntExact(status(relative).sizeBytes()));
  }

  /** Writes a small file. */
  public void write(String relative, byte[] bytes) throws IOException {
    try (PendingFile out = begin(relative)) {
      out.write(bytes);
      out.finish();
    }
  }

  /**
   * @throws FileNotFoundException if there is no such file or folder
   */
  public StoredFile status(String relative) throws IOException {
    return localFolder != null
        ? LocalFiles.status(file(localFolder, relative))
        : StoredFile.of(files.getFileStatus(path(relative)));
  }

  public boolean exists(String relative) throws IOException {
    return files.exists(path(relative));
  }

  /** What lies in a folder, by name; nothing where there is no such folder. */
  public List<StoredFile> list(String relative) throws IOException {
    List<StoredFile> found;
    try {
      found =
          localFolder != null
              ? LocalFiles.list(file(localFolder, relative))
              : Stream.of(files.listStatus(path(relative))).map(StoredFile::of).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found.stream().sorted(Comparator.comparing(StoredFile::name)).toList();
  }

  public void makeFolder(String relative) throws IOException {
    if (localFolder != null) {
      LocalFiles.makeFolder(file(localFolder, relative));
    } else if (!files.mkdirs(path(relative))) {
      throw new IOException("Cannot make the folder " + path(relative));
    }
  }

  /**
   * Renames a file within the store. Nothing may stand under the new name: what happens then
   * differs between file systems, so callers delete it first.
   */
  public void rename(String from, String to) throws IOException {
    if (!files.rename(path(from), path(to))) {
      throw new IOException("Cannot rename " + path(from) + " to " + path(to));
    }
  }

  /**
   * Renames a file over another within the store, in one step where the file system can: whoever
   * opens the new name finds the one or the other.
   */
  public void replace(String from, String to) throws IOException {
    if (files instanceof RawLocalFileSystem) { // as POSIX renames
      rename(from, to);
    } else {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(path(from), path(to), Options.Rename.OVERWRITE);
    }
  }

  /** Deletes a file, or a folder with all below it; does nothing where there is none. */
  public void delete(String relative) throws IOException {
    Path path = path(relative);
    if (!files.delete(path, true) && files.exists(path)) {
      throw new IOException("Cannot delete " + path);
    }
  }
}
