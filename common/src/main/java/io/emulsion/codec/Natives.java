package io.emulsion.codec;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads OpenCV's libraries, once for a JVM. */
final class Natives {
  /** JavaCPP's property: where it unpacks libraries from the jar. */
  static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** Environment variable that says where to unpack libraries. */
  static final String CACHE_VARIABLE = "EMULSION_CACHE_DIR";

  /** Switches for decoders in OpenCV that are known to be open to attack. */
  private static final List<String> REFUSED_VARIABLES =
      List.of("OPENCV_IO_ENABLE_OPENEXR", "OPENCV_IO_ENABLE_JASPER");

  private static boolean loaded;

  private Natives() {}

  /**
   * Loads the libraries unless they are; one thread for each caller from then on.
   *
   * @throws EmulsionException if the environment opens unsafe decoders, or the libraries cannot be
   *     unpacked or loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    checkEnvironment(System.getenv());
    String cache = cacheDirectory(System.getenv());
    if (!cache.isEmpty()) {
      System.setProperty(CACHE_PROPERTY, cache);
    }
    try {
      Loader.load(opencv_core.class);
      Loader.load(opencv_imgproc.class);
      Loader.load(opencv_imgcodecs.class);
    } catch (LinkageError e) {
      throw EmulsionException.of(
          ExitCode.UNEXPECTED,
          e,
          "Cannot load OpenCV for %s: %s. Set %s to a folder that can be written and executed from,"
              + " with 150 MB free",
          Loader.getPlatform(),
          e.getMessage(),
          CACHE_VARIABLE);
    }
    opencv_core.setNumThreads(1);
    loaded = true;
  }

  static void checkEnvironment(Map<String, String> environment) {
    for (String variable : REFUSED_VARIABLES) {
      if (environment.containsKey(variable)) {
        throw EmulsionException.usage(
            "%s is set: it opens a decoder that is not safe with unknown files. Unset it",
            variable);
      }
    }
  }

  /** Where to unpack, or an empty text where JavaCPP's own choice is right. */
  static String cacheDirectory(Map<String, String> environment) {
    if (System.getProperty(CACHE_PROPERTY) != null) {
      return "";
    }
    String chosen = environment.getOrDefault(CACHE_VARIABLE, "");
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
