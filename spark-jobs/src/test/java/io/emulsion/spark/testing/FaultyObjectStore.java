package io.emulsion.spark.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Local files as {@code objects:/path}, as an object store keeps them: a file is there, whole, when
 * its close ends well, and never if it is given up. Obeys {@link Faults}. Thread-safe.
 */
public final class FaultyObjectStore extends FaultyFileSystem {
  public static final String SCHEME = "objects";

  /** Makes Hadoop know it. */
  public static final String CONF_KEY = "fs." + SCHEME + ".impl";

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

  @Override
  public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability)
      throws IOException {
    return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM)
        || super.hasPathCapability(path, capability);
  }

  @Override
  FSDataOutputStream create(org.apache.hadoop.fs.Path path, Call<FSDataOutputStream> create)
      throws IOException {
    call("create", path, () -> true);
    return new FSDataOutputStream(new Upload(path, create), new FileSystem.Statistics(SCHEME));
  }

  /** An object while it is written. Not thread-safe. */
  private final class Upload extends ByteArrayOutputStream
      implements Abortable, StreamCapabilities {
    private final org.apache.hadoop.fs.Path path;
    private final Call<FSDataOutputStream> create;
    private boolean ended;

    Upload(org.apache.hadoop.fs.Path path, Call<FSDataOutputStream> create) {
      this.path = path;
      this.create = create;
    }

    @Override
    public boolean hasCapability(String capability) {
      return capability.equals(StreamCapabilities.ABORTABLE_STREAM);
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        return;
      }
      ended = true;
      call(
          "close",
          path,
          () -> {
            try (FSDataOutputStream out = create.run()) {
              writeTo(out);
            }
            return true;
          });
    }

    @Override
    public AbortableResult abort() {
      boolean before = ended;
      ended = true;
      return new AbortableResult() {
        @Override
        public boolean alreadyClosed() {
          return before;
        }

        @Override
        public IOException anyCleanupException() {
          return new IOException("Nothing to clean");
        }
      };
    }
  }
}
