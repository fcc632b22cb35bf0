package io.emulsion.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of files that an annotation gives, which nobody may trust. */
public final class FileNames {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[/\\\\].*");

  private FileNames() {}

  /**
   * The path {@code name} below its root, {@code /}-joined, without {@code .} and empty parts;
   * empty if it leaves the root: by {@code ..}, as an absolute path or by a scheme.
   */
  public static Optional<String> below(String name) {
    if (name.startsWith("/") || name.startsWith("\\") || SCHEME.matcher(name).lookingAt()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || part.startsWith("..\\") || part.contains("\\..")) {
        return Optional.empty();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }

  /** The path without the extension of its last part. */
  public static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }
}
