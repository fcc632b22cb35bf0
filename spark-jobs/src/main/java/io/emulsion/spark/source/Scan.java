package io.emulsion.spark.source;

import io.emulsion.annotation.FileNames;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One folder to look into, for images, for files of boxes, or for both. Kryo 4 writes no records.
 */
final class Scan implements Serializable {
  private static final long serialVersionUID = 1;

  /** What makes the key by which an image and its boxes meet. */
  enum Key {
    /** The id of the image: the path under its root. */
    ID,
    /** The path below the folder, without extension. */
    STEM,
    /** The same, the last folder {@code images} in it called {@code labels}. */
    LABEL_STEM
  }

  private final String folder;
  private final int root;
  private final String idPrefix;
  private final boolean images;
  private final @Nullable String boxExtension;
  private final Key key;

  private Scan(
      String folder,
      int root,
      String idPrefix,
      boolean images,
      @Nullable String boxExtension,
      Key key) {
    this.folder = folder;
    this.root = root;
    this.idPrefix = idPrefix;
    this.images = images;
    this.boxExtension = boxExtension;
    this.key = key;
  }

  /**
   * @param folder a Hadoop path
   * @param root number of the input path that the folder is or lies under
   * @param idPrefix path of the folder below the root, empty or ending with a slash
   */
  static Scan images(String folder, int root, String idPrefix, Key key) {
    return new Scan(folder, root, idPrefix, true, null, key);
  }

  /**
   * @param root number of the input path whose images they are of; -1 for all
   * @param extension of the files, such as {@code xml}
   */
  static Scan boxes(String folder, int root, String extension) {
    return new Scan(folder, root, "", false, extension, Key.STEM);
  }

  /** Images and boxes in one tree of folders. */
  static Scan both(String folder, int root, String idPrefix, String extension, Key key) {
    return new Scan(folder, root, idPrefix, true, extension, key);
  }

  String folder() {
    return folder;
  }

  int root() {
    return root;
  }

  boolean wantsImages() {
    return images;
  }

  String idOf(String path) {
    return idPrefix + path;
  }

  /** Whether a file of this name, in lower case, holds boxes. */
  boolean isBoxes(String lowerName) {
    return boxExtension != null
        && lowerName.endsWith("." + boxExtension)
        && !lowerName.equals("classes.txt"); // what labelImg leaves beside YOLO's files
  }

  /** Whether a file without an image is one of boxes for sure, and not some other text. */
  boolean isSurelyBoxes(String path) {
    return !images || (boxExtension != null && !boxExtension.equals("txt")) || isBelowLabels(path);
  }

  private static boolean isBelowLabels(String path) {
    return path.startsWith("labels/") || path.contains("/labels/");
  }

  String keyOfImage(String path) {
    return switch (key) {
      case ID -> idOf(path);
      case STEM -> FileNames.stem(path);
      case LABEL_STEM -> FileNames.stem(labels(path));
    };
  }

  static String keyOfBoxes(String path) {
    return FileNames.stem(path);
  }

  /** The path with its last folder {@code images} called {@code labels}, as Ultralytics has it. */
  static String labels(String path) {
    int at = path.lastIndexOf("/images/");
    if (at >= 0) {
      return path.substring(0, at) + "/labels/" + path.substring(at + "/images/".length());
    }
    return path.startsWith("images/") ? "labels/" + path.substring("images/".length()) : path;
  }
}
