package io.emulsion.natives;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads OpenCV's libraries, once for a JVM. */
public final class OpenCv {
  /** Switches for decoders in OpenCV that are known to be open to attack. */
  private static final List<String> REFUSED_VARIABLES =
      List.of("OPENCV_IO_ENABLE_OPENEXR", "OPENCV_IO_ENABLE_JASPER");

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Loads the libraries unless they are; one thread for each caller from then on.
   *
   * @throws EmulsionException if the environment opens unsafe decoders, or the libraries cannot be
   *     unpacked or loaded
   */
  public static synchronized void load() {
    if (loaded) {
      return;
    }
    checkEnvironment(System.getenv());
    JavaCpp.configure();
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
          JavaCpp.VARIABLE);
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
}
