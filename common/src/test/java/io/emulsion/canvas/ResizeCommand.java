package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Fits what standard input lists, for {@code .ci/python/check_resize.py} to compare. A line is,
 * between tabs: file of raw RGB, height, width, target height, target width, filter, how, target
 * file. How is a {@link Fit} and a {@link Background}, or a box: top, left, height and width, all
 * with spaces between.
 */
final class ResizeCommand {
  private ResizeCommand() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      List<String> job = Arrays.asList(line.split("\t", -1));
      byte[] rgb = Files.readAllBytes(Path.of(job.get(0)));
      Image image = new Image(number(job.get(1)), number(job.get(2)), rgb);
      List<String> how = Arrays.asList(job.get(6).split(" ", -1));
      Filter filter = Filter.valueOf(job.get(5));
      Image fitted = fit(image, how, number(job.get(3)), number(job.get(4)), filter);
      Files.write(Path.of(job.get(7)), Arrays.copyOf(fitted.rgb(), fitted.sizeBytes()));
    }
  }

  private static Image fit(Image image, List<String> how, int height, int width, Filter filter) {
    if (how.size() == 4) {
      int[] box = how.stream().mapToInt(ResizeCommand::number).toArray();
      Window part = new Window(box[0], box[1], box[2], box[3]);
      return new Resize(filter).resize(image, part, height, width);
    }
    CanvasOptions options =
        new CanvasOptions(
            height,
            width,
            Fit.valueOf(how.get(0)),
            filter,
            Background.valueOf(how.get(1)),
            AugmentOptions.NONE);
    return new Canvas(options).prepare(image, image.height(), image.width());
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}
