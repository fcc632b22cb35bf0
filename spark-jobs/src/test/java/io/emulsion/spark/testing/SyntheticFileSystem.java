package io.emulsion.spark.testing;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Folders of images that exist in listings alone: {@code synthetic://5000000/} has 100 class
 * folders, which hold 5,000,000 names between them, each a PNG of 16 x 12 pixels, the same for all.
 * Read only.
 */
public final class SyntheticFileSystem extends FileSystem {
  public static final String SCHEME = "synthetic";

  /** Hadoop's key for the class of this scheme. */
  public static final String CONF_KEY = "fs." + SCHEME + ".impl";

  /** Class folders. */
  public static final int CLASSES = 100;

  private static final byte[] PICTURE = picture();
  private static final long MODIFIED = 1_700_000_000_000L;
  private static final int DEPTH_OF_FILES = 2;

  private URI uri = URI.create(SCHEME + ":///");
  private int images;

  /** The input of {@code images} names. */
  public static String pathOf(int images) {
    return SCHEME + "://" + images + "/";
  }

  private static byte[] picture() {
    try {
      return TestImages.png(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    images = Integer.parseInt(name.getAuthority());
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (path.depth() == 0) {
      FileStatus[] classes = new FileStatus[CLASSES];
      for (int i = 0; i < CLASSES; i++) {
        classes[i] = getFileStatus(new Path(path, String.format("class-%03d", i)));
      }
      return classes;
    }
    int label = Integer.parseInt(path.getName().substring("class-".length()));
    FileStatus[] files = new FileStatus[(images + CLASSES - 1 - label) / CLASSES];
    for (int i = 0; i < files.length; i++) {
      files[i] = getFileStatus(new Path(path, String.format("image-%07d.png", i)));
    }
    return files;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return switch (path.depth()) {
      case 0, 1 -> new FileStatus(0, true, 1, 0, MODIFIED, path);
      case DEPTH_OF_FILES -> new FileStatus(PICTURE.length, false, 1, 1, MODIFIED, path);
      default -> throw new FileNotFoundException(path.toString());
    };
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) {
    return new FSDataInputStream(new Content());
  }

  /** The one picture. */
  private static final class Content extends FSInputStream {
    private final ByteArrayInputStream bytes = new ByteArrayInputStream(PICTURE);

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public void seek(long position) {
      bytes.reset();
      bytes.skip(position);
    }

    @Override
    public long getPos() {
      return (long) PICTURE.length - bytes.available();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.toString(), "/");
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferBytes,
      short replication,
      long blockBytes,
      Progressable progress) {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferBytes, Progressable progress) {
    throw readOnly();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw readOnly();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw readOnly();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("Synthetic images can be read only");
  }
}
