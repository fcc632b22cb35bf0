package io.emulsion.spark.source;

import java.util.Locale;
import java.util.Set;

/** What a name tells of a file or folder. */
enum FileKind {
  /** Has the extension of an image, of whatever kind. */
  IMAGE("images"),
  /** Hidden, or left by an operating system. */
  SYSTEM("hidden and system files"),
  /** Anything else. */
  OTHER("other files");

  private static final Set<String> SYSTEM_NAMES =
      Set.of("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin");

  /** Also those that are not read yet: such files are quarantined, not passed over. */
  private static final Set<String> IMAGE_EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "apng", "bmp", "dib", "gif", "webp", "tif", "tiff",
          "ppm", "pgm", "pbm", "pnm", "heic", "heif", "avif", "jp2", "j2k", "jxl", "ico", "tga",
          "exr", "hdr", "psd", "svg");

  private final String plural;

  FileKind(String plural) {
    this.plural = plural;
  }

  /** As counts are labelled. */
  String plural() {
    return plural;
  }

  static FileKind of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (isSystem(name)) {
      return SYSTEM;
    }
    String extension = lower.substring(lower.lastIndexOf('.') + 1);
    return IMAGE_EXTENSIONS.contains(extension) && lower.indexOf('.') >= 0 ? IMAGE : OTHER;
  }

  /** Whether a file or folder of this name is passed over. */
  static boolean isSystem(String name) {
    return name.startsWith(".") || SYSTEM_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
