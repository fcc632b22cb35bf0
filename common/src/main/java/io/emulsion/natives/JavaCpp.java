package io.emulsion.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How JavaCPP, which brings OpenCV and ND4J, is to work: where it unpacks the libraries of the jar,
 * and that it leaves the size of the process to whoever limits it.
 */
public final class JavaCpp {
  /** Environment variable that says where to unpack libraries. */
  public static final String VARIABLE = "EMULSION_CACHE_DIR";

  /** JavaCPP's property for it. */
  static final String CACHE_FOLDER = "org.bytedeco.javacpp.cachedir";

  /**
   * JavaCPP's property for the size of the process at which it refuses memory, by default four
   * times the heap. To know the size it reads a file of the system for each image, at that under a
   * lock of all tasks: a third of the time of decoding a small one.
   */
  static final String MOST_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  private JavaCpp() {}

  /** Makes the settings that nobody made; to be called before its first class is used. */
  public static void configure() {
    String folder = folder(System.getenv());
    if (!folder.isEmpty()) {
      System.setProperty(CACHE_FOLDER, folder);
    }
    if (System.getProperty(MOST_BYTES) == null) {
      System.setProperty(MOST_BYTES, "0");
    }
  }

  /** Where to unpack, or an empty text where JavaCPP's own choice is right. */
  static String folder(Map<String, String> environment) {
    if (System.getProperty(CACHE_FOLDER) != null) {
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
