package io.emulsion.spark.source;

import io.emulsion.annotation.Mismatch;
import io.emulsion.spark.order.Keyed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a {@link Keyed} of the annotated sources holds.
 *
 * @param texts by their places, which {@link Kind} says
 * @param bytes the rest; often none
 */
@SuppressWarnings("ArrayRecordComponent") // entries are never compared
record Entry(Kind kind, String[] texts, byte[] bytes) {
  private static final byte[] NO_BYTES = {};

  /** Among those of one key, the order in which they come. */
  enum Kind {
    /** That a list of VOC's ImageSets names the image: root, name. */
    LISTED,
    /** A file of an image: id, root, length, modification time. */
    IMAGE_FILE,
    /** Boxes of an image: the root they are of, or -1 for any; a raw annotation. */
    BOXES,
    /**
     * A file of boxes: the root it is of, or -1, folder, path below, length, whether it is sure.
     */
    BOX_FILE,
    /** An image that a COCO file lists: id, path, height, width. */
    COCO_IMAGE,
    /** A box that a COCO file lists: id of the annotation or nothing; a raw box. */
    COCO_BOX,
    /** That an annotation has the id that is the key: its image. */
    COCO_ID,
    /** A category of a COCO file: number, name. */
    CATEGORY,
    /** The kind of a mismatch, and its name. */
    MISMATCH,
    /** Why something was passed over, and how often. */
    IGNORED,
    /** An image with its boxes: as {@link #IMAGE_FILE}; a raw annotation. */
    REFERENCE;

    private static final List<Kind> ALL = List.of(values());

    private int number() {
      return ALL.indexOf(this);
    }
  }

  static Entry of(Kind kind, String... texts) {
    return new Entry(kind, texts, NO_BYTES);
  }

  static Entry of(Kind kind, byte[] bytes, String... texts) {
    return new Entry(kind, texts, bytes);
  }

  /** Keyed by nothing: it only has to arrive. */
  static Keyed mismatch(Mismatch kind, String name) {
    return of(Kind.MISMATCH, kind.name(), name).keyed(name, 0);
  }

  static Keyed ignored(String reason, long count) {
    return of(Kind.IGNORED, reason, Long.toString(count)).keyed(reason, 0);
  }

  String text(int place) {
    return texts[place];
  }

  long number(int place) {
    return Long.parseLong(texts[place]);
  }

  /** For each text its length and UTF-8 bytes, behind their count; then the bytes. */
  Keyed keyed(String key, long sequence) {
    byte[][] utf8 = new byte[texts.length][];
    int size = 1 + bytes.length;
    for (int i = 0; i < texts.length; i++) {
      utf8[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      size = Math.addExact(size, Integer.BYTES + utf8[i].length);
    }
    ByteBuffer content = ByteBuffer.allocate(size).put((byte) texts.length);
    for (byte[] text : utf8) {
      content.putInt(text.length).put(text);
    }
    return new Keyed(key, kind.number(), sequence, content.put(bytes).array());
  }

  /** Whether {@code keyed} is of {@code kind}. */
  static boolean is(Keyed keyed, Kind kind) {
    return keyed.kind() == kind.number();
  }

  static Entry of(Keyed keyed) {
    ByteBuffer content = ByteBuffer.wrap(keyed.content());
    String[] texts = new String[content.get()];
    for (int i = 0; i < texts.length; i++) {
      byte[] utf8 = new byte[content.getInt()];
      content.get(utf8);
      texts[i] = new String(utf8, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return new Entry(Kind.ALL.get(keyed.kind()), texts, bytes);
  }
}
