package io.emulsion.spark.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A file while it is written: any number of writes, one {@link #finish}, then {@link #close}. One
 * that is closed without is given up, and then never seen where {@link Store#hidesUnfinished}.
 */
public final class PendingFile extends FilterOutputStream {
  private boolean ended;

  PendingFile(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Completes the file, which others may see from now on. */
  public void finish() throws IOException {
    ended = true;
    out.close();
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    if (out instanceof FSDataOutputStream file
        && file.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      file.abort();
    }
    out.close();
  }
}
