package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
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
 * Resizes what standard input lists, for {@code .ci/python/check_resize.py} to compare. A line is,
 * between tabs: file of raw RGB, height, width, target height, target width, filter, target file.
 */
final class ResizeCommand {
  private ResizeCommand() {}

  public static void main(String[] arguments) throws IOException {
    Resize bilinear = new Resize(Filter.BILINEAR);
    Resize area = new Resize(Filter.AREA);
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      List<String> job = Arrays.asList(line.split("\t", -1));
      byte[] rgb = Files.readAllBytes(Path.of(job.get(0)));
      Image image = new Image(Integer.parseInt(job.get(1)), Integer.parseInt(job.get(2)), rgb);
      Resize resize = Filter.valueOf(job.get(5)) == Filter.AREA ? area : bilinear;
      Image resized =
          resize.resize(image, Integer.parseInt(job.get(3)), Integer.parseInt(job.get(4)));
      Files.write(Path.of(job.get(6)), Arrays.copyOf(resized.rgb(), resized.sizeBytes()));
    }
  }
}
