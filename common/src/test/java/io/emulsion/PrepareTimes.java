package io.emulsion;

import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.Canvas;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prints the milliseconds an image takes in each step, on one thread: {@code PrepareTimes FOLDER
 * [ROUNDS [SIZE]]}. Each step's fastest round counts.
 */
final class PrepareTimes {
  private PrepareTimes() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int size = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 224;
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(Path.of(arguments[0]))) {
      for (Path path : paths.filter(p -> p.toString().matches(".*\\.(jpg|JPEG)")).toList()) {
        files.add(Files.readAllBytes(path));
      }
    }
    Map<String, Double> best = new LinkedHashMap<>();
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (int round = 1; round <= rounds; round++) {
        round(codec, files, size)
            .forEach((step, millis) -> best.merge(step, millis / files.size(), Math::min));
      }
    }
    System.out.println(files.size() + " images, ms an image:");
    best.forEach((step, millis) -> System.out.printf("  %-18s %.4f%n", step, millis));
  }

  private static Map<String, Double> round(OpenCvCodec codec, List<byte[]> files, int size)
      throws Exception {
    Map<String, Double> times = new LinkedHashMap<>();
    long start = System.nanoTime();
    List<ImageHeader> headers = new ArrayList<>();
    for (byte[] file : files) {
      headers.add(ImageHeader.check(file, ImageHeader.DEFAULT_MAX_PIXELS));
    }
    times.put("header", millisSince(start));

    start = System.nanoTime();
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      images.add(codec.decode(files.get(i), headers.get(i), 1));
    }
    times.put("decode", millisSince(start));

    List<Image> prepared = new ArrayList<>();
    for (Fit fit : Fit.values()) {
      for (Filter filter : Filter.values()) {
        prepared.clear();
        Canvas canvas =
            new Canvas(
                new CanvasOptions(size, size, fit, filter, Background.BLACK, AugmentOptions.NONE));
        start = System.nanoTime();
        for (Image image : images) {
          prepared.add(canvas.prepare(image, image.height(), image.width()));
        }
        times.put(fit + " " + filter, millisSince(start));
      }
    }

    start = System.nanoTime();
    for (Image image : prepared) {
      codec.encode(TestPixels.of(image), ImageFormat.JPEG, 90);
    }
    times.put("encode q90", millisSince(start));
    return times;
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
