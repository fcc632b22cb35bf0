package io.emulsion.spark.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system as {@code faulty:/path}, which obeys {@link Faults}. Thread-safe. */
public class FaultyFileSystem extends RawLocalFileSystem {
  public static final String SCHEME = "faulty";

  /** Makes Hadoop know it. */
  public static final String CONF_KEY = "fs." + SCHEME + ".impl";

  /** Whether a call of Hadoop's own implementation is under way in this thread. */
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /** The Hadoop path of a local file. */
  public static String pathOf(Path file) {
    return SCHEME + ":" + file.toAbsolutePath();
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  /** A call that can fail. */
  interface Call<T> {
    T run() throws IOException;
  }

  final <T> T call(String name, org.apache.hadoop.fs.Path path, Call<T> call) throws IOException {
    return call(
        name,
        path,
        () -> {
          throw new IllegalStateException(name + " cannot be refused");
        },
        call);
  }

  private <T> T call(String name, org.apache.hadoop.fs.Path path, Call<T> refused, Call<T> call)
      throws IOException {
    if (inside.get()) {
      return call.run();
    }
    String text = name + " " + path.toUri().getPath();
    Fault.Action action = Faults.enter(text);
    if (action == Fault.Action.REFUSE) {
      return refused.run();
    }
    inside.set(true);
    try {
      T result = call.run();
      if (action == Fault.Action.FAIL_AFTER) {
        throw new IOException("Done, but failed on purpose: " + text);
      }
      return result;
    } finally {
      inside.set(false);
    }
  }

  @Override
  public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
    FileStatus[] found = call("list", path, () -> FaultyFileSystem.super.listStatus(path));
    if (Faults.listingsAreReversed() && !inside.get()) {
      Arrays.sort(found);
      Collections.reverse(Arrays.asList(found));
    }
    return found;
  }

  @Override
  public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
    return call("status", path, () -> FaultyFileSystem.super.getFileStatus(path));
  }

  @Override
  public boolean mkdirs(org.apache.hadoop.fs.Path path) throws IOException {
    return call("mkdirs", path, () -> false, () -> FaultyFileSystem.super.mkdirs(path));
  }

  @Override
  public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    return call("rename", to, () -> false, () -> FaultyFileSystem.super.rename(from, to));
  }

  @Override
  public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
    return call("delete", path, () -> false, () -> FaultyFileSystem.super.delete(path, recursive));
  }

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
    FSDataInputStream in = call("open", path, () -> FaultyFileSystem.super.open(path, bufferSize));
    return new FSDataInputStream(new In(path, in));
  }

  @Override
  public boolean exists(org.apache.hadoop.fs.Path path) throws IOException {
    return call("exists", path, () -> false, () -> FaultyFileSystem.super.exists(path));
  }

  @Override
  public FSDataOutputStream create(
      org.apache.hadoop.fs.Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(
        path,
        () ->
            FaultyFileSystem.super.create(
                path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      org.apache.hadoop.fs.Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(
        path,
        () ->
            FaultyFileSystem.super.create(
                path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  FSDataOutputStream create(org.apache.hadoop.fs.Path path, Call<FSDataOutputStream> create)
      throws IOException {
    if (inside.get()) {
      return create.run();
    }
    FSDataOutputStream out = call("create", path, create);
    return new FSDataOutputStream(new Out(path, out), new FileSystem.Statistics(SCHEME));
  }

  private final class In extends FSInputStream {
    private final org.apache.hadoop.fs.Path path;
    private final FSDataInputStream in;

    In(org.apache.hadoop.fs.Path path, FSDataInputStream in) {
      this.path = path;
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return call("read", path, in::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return call("read", path, () -> in.read(bytes, offset, length));
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return in.seekToNewSource(position);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final class Out extends OutputStream {
    private final org.apache.hadoop.fs.Path path;
    private final FSDataOutputStream out;
    private boolean closed;

    Out(org.apache.hadoop.fs.Path path, FSDataOutputStream out) {
      this.path = path;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      call(
          "write",
          path,
          () -> {
            out.write(bytes, offset, length);
            return true;
          });
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try {
        call("close", path, () -> true);
      } finally {
        out.close();
      }
    }
  }
}
