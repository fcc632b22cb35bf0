package io.emulsion.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder into which JavaCPP unpacks the libraries of the jar. */
public final class NativeCache {
  /** Environment variable that says where to unpack libraries. */
  public static final String VARIABLE = "EMULSION_CACHE_DIR";

  /** JavaCPP's property for it. */
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private NativeCache() {}

  /** Chooses the folder; to be called before the first class of JavaCPP is used. */
  public static void choose() {
    String folder = folder(System.getenv());
    if (!folder.isEmpty()) {
      System.setProperty(PROPERTY, folder);
    }
  }

  /** Where to unpack, or an empty text where JavaCPP's own choice is right. */
  static String folder(Map<String, String> environment) {
    if (System.getProperty(PROPERTY) != null) {
      return "";
    }
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isEmpty()) {
      return chosen;
    }
    String home = System.getProperty("user.home", "?");
    if (!home.equals("?") && Files.isWritable(Path.of(home))) {
      return "";
    }
    return Path.of(System.getProperty("java.io.tmpdir"), "emulsion-natives-" + userId()).toString();
  }

  /** The user's number; a container's user often has no name. */
  private static String userId() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException e) {
      return System.getProperty("user.name", "unknown"); // not Linux, where users have names
    }
  }
}
