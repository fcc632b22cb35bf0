package io.emulsion;

import io.emulsion.canvas.Canvas;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.OpenCvCodec;
import io.emulsion.sample.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints the milliseconds an image takes in each step, on one thread: {@code PrepareTimes FOLDER
 * [ROUNDS [SIZE]]}. The last round counts.
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
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (int round = 1; round <= rounds; round++) {
        String line = round(codec, files, size);
        if (round == rounds) {
          System.out.println(files.size() + " images, ms an image: " + line);
        }
      }
    }
  }

  private static String round(OpenCvCodec codec, List<byte[]> files, int size) throws Exception {
    long start = System.nanoTime();
    List<ImageHeader> headers = new ArrayList<>();
    for (byte[] file : files) {
      headers.add(ImageHeader.check(file, ImageHeader.DEFAULT_MAX_PIXELS));
    }
    String line = "header " + millis(start, files.size());

    start = System.nanoTime();
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      images.add(codec.decode(files.get(i), headers.get(i), 1));
    }
    line += ", decode " + millis(start, files.size());

    List<Image> prepared = new ArrayList<>();
    for (Fit fit : Fit.values()) {
      for (Filter filter : Filter.values()) {
        prepared.clear();
        Canvas canvas = new Canvas(new CanvasOptions(size, size, fit, filter));
        start = System.nanoTime();
        for (Image image : images) {
          prepared.add(canvas.prepare(image, image.height(), image.width()));
        }
        line += ", " + fit + " " + filter + " " + millis(start, files.size());
      }
    }

    start = System.nanoTime();
    for (Image image : prepared) {
      codec.encode(image, new EncodingOptions(ImageFormat.JPEG, 90));
    }
    return line + ", encode q90 " + millis(start, files.size());
  }

  private static String millis(long start, int count) {
    return String.format("%.4f", (System.nanoTime() - start) / 1e6 / count);
  }
}
