package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A file of references, private to a run: for each a 1, the id's length and UTF-8 bytes, root,
 * length, modification time, class and the length and bytes of its annotation; then a 0, so that a
 * file cut short is noticed.
 */
final class ReferenceFile {
  private ReferenceFile() {}

  /** Writes references; {@link #finish} says that all are there. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;

    Writer(OutputStream out) {
      this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    void write(ImageReference reference) throws IOException {
      byte[] id = reference.id().utf8();
      out.writeByte(1);
      out.writeInt(id.length);
      out.write(id);
      out.writeInt(reference.root());
      out.writeLong(reference.sizeBytes());
      out.writeLong(reference.modifiedMillis());
      out.writeInt(reference.label());
      byte[] annotation = AnnotationBytes.of(reference.annotation());
      out.writeInt(annotation.length);
      out.write(annotation);
    }

    void finish() throws IOException {
      out.writeByte(0);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads references, and closes the stream behind the last. */
  static final class Reader implements Iterator<ImageReference> {
    private final DataInputStream in;
    private boolean more;

    Reader(InputStream in) {
      this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
      readMark();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public ImageReference next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      try {
        byte[] id = readBytes();
        ImageReference reference =
            new ImageReference(
                new ImageId(new String(id, StandardCharsets.UTF_8)),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                AnnotationBytes.annotation(readBytes()));
        readMark();
        return reference;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private byte[] readBytes() throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return bytes;
    }

    private void readMark() {
      try {
        more = in.readByte() == 1;
        if (!more) {
          in.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
