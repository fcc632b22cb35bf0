package io.emulsion.annotation;

import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Annotations in some 45 bytes a box, for the wire and for private files: equal annotations have
 * equal bytes. Whole numbers have 7 bits a byte, the lowest first; all but the last have the eighth
 * bit set.
 */
public final class AnnotationBytes {
  private static final int NORMALISED = 1;

  private static final int CROWD = 1;
  private static final int DIFFICULT = 2;
  private static final int WEIGHTED = 4;
  private static final int WITH_AREA = 8;
  private static final int WITH_MASK = 16;
  private static final int BAD_MASK = 32;

  private AnnotationBytes() {}

  /** What writes into a stream in memory. */
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /** What reads from a stream in memory. */
  private interface Reading<T> {
    T read(DataInputStream in) throws IOException;
  }

  public static byte[] of(Annotation annotation) {
    return bytes(
        out -> {
          head(out, annotation.normalised(), annotation.height(), annotation.width());
          writeNumber(out, annotation.boxes().size());
          for (Box box : annotation.boxes()) {
            writeNumber(out, box.label());
            write(out, box, false);
          }
        });
  }

  /** The annotation that {@link #of(Annotation)} wrote. */
  public static Annotation annotation(byte[] bytes) {
    return parsed(
        bytes,
        in -> {
          boolean normalised = in.readUnsignedByte() == NORMALISED;
          int height = readNumber(in);
          int width = readNumber(in);
          int count = readNumber(in);
          List<Box> boxes = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            int label = readNumber(in);
            boxes.add(readBox(in, in.readUnsignedByte(), label));
          }
          return new Annotation(boxes, normalised, height, width);
        });
  }

  public static byte[] of(RawAnnotation raw) {
    return bytes(
        out -> {
          head(out, raw.normalised(), raw.height(), raw.width());
          writeNumber(out, raw.boxes().size());
          for (RawBox box : raw.boxes()) {
            write(out, box);
          }
        });
  }

  /**
   * The same as {@link #of(RawAnnotation)} makes of boxes in pixels.
   *
   * @param boxes each as {@link #of(RawBox)} wrote it
   */
  public static byte[] ofBoxes(List<byte[]> boxes, int height, int width) {
    return bytes(
        out -> {
          head(out, false, height, width);
          writeNumber(out, boxes.size());
          for (byte[] box : boxes) {
            out.write(box);
          }
        });
  }

  /** The annotation that {@link #of(RawAnnotation)} or {@link #ofBoxes} wrote. */
  public static RawAnnotation rawAnnotation(byte[] bytes) {
    return parsed(
        bytes,
        in -> {
          boolean normalised = in.readUnsignedByte() == NORMALISED;
          int height = readNumber(in);
          int width = readNumber(in);
          int count = readNumber(in);
          List<RawBox> boxes = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            boxes.add(readRawBox(in));
          }
          return new RawAnnotation(boxes, normalised, height, width);
        });
  }

  public static byte[] of(RawBox box) {
    return bytes(out -> write(out, box));
  }

  /** The box that {@link #of(RawBox)} wrote. */
  public static RawBox rawBox(byte[] bytes) {
    return parsed(bytes, AnnotationBytes::readRawBox);
  }

  private static void head(DataOutputStream out, boolean normalised, int height, int width)
      throws IOException {
    out.writeByte(normalised ? NORMALISED : 0);
    writeNumber(out, height);
    writeNumber(out, width);
  }

  private static void write(DataOutputStream out, RawBox raw) throws IOException {
    out.writeUTF(raw.name());
    out.writeUTF(raw.category());
    write(out, raw.box(), raw.badMask());
  }

  private static RawBox readRawBox(DataInputStream in) throws IOException {
    String name = in.readUTF();
    String category = in.readUTF();
    int flags = in.readUnsignedByte();
    return new RawBox(name, category, readBox(in, flags, 0), (flags & BAD_MASK) != 0);
  }

  private static void write(DataOutputStream out, Box box, boolean badMask) throws IOException {
    RunLengths mask = box.mask();
    out.writeByte(
        (box.crowd() ? CROWD : 0)
            | (box.difficult() ? DIFFICULT : 0)
            | (box.weight() == 1 ? 0 : WEIGHTED)
            | (Double.isNaN(box.area()) ? 0 : WITH_AREA)
            | (mask == null ? 0 : WITH_MASK)
            | (badMask ? BAD_MASK : 0));
    out.writeDouble(box.xMin());
    out.writeDouble(box.yMin());
    out.writeDouble(box.xMax());
    out.writeDouble(box.yMax());
    if (box.weight() != 1) {
      out.writeDouble(box.weight());
    }
    if (!Double.isNaN(box.area())) {
      out.writeDouble(box.area());
    }
    if (mask != null) {
      writeNumber(out, mask.height());
      writeNumber(out, mask.width());
      writeNumber(out, mask.counts().length);
      for (int count : mask.counts()) {
        writeNumber(out, count);
      }
    }
  }

  private static Box readBox(DataInputStream in, int flags, int label) throws IOException {
    double xMin = in.readDouble();
    double yMin = in.readDouble();
    double xMax = in.readDouble();
    double yMax = in.readDouble();
    double weight = (flags & WEIGHTED) == 0 ? 1 : in.readDouble();
    double area = (flags & WITH_AREA) == 0 ? Double.NaN : in.readDouble();
    return new Box(
        xMin,
        yMin,
        xMax,
        yMax,
        label,
        weight,
        (flags & CROWD) != 0,
        (flags & DIFFICULT) != 0,
        area,
        (flags & WITH_MASK) == 0 ? null : readMask(in));
  }

  private static @Nullable RunLengths readMask(DataInputStream in) throws IOException {
    int height = readNumber(in);
    int width = readNumber(in);
    int[] counts = new int[readNumber(in)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = readNumber(in);
    }
    return new RunLengths(height, width, counts);
  }

  private static void writeNumber(DataOutputStream out, int number) throws IOException {
    int rest = number;
    while (rest >>> 7 != 0) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int readNumber(DataInputStream in) throws IOException {
    int number = 0;
    int shift = 0;
    int part;
    do {
      part = in.readUnsignedByte();
      number |= (part & 0x7f) << shift;
      shift += 7;
    } while ((part & 0x80) != 0);
    return number;
  }

  private static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory has no I/O errors
    }
    return bytes.toByteArray();
  }

  private static <T> T parsed(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reading.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only bytes that were written here are read
    }
  }
}
