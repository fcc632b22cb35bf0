package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Augments what standard input lists, for {@code .ci/python/torch_loader} to compare. A line is,
 * between tabs: image id, height, width, and to have the pixels too a file of raw RGB, target
 * height, target width and target file. Prints of each the box that view 0 draws (top, left,
 * height, width) and whether it is flipped.
 */
final class CropCommand {
  private static final long SEED = 20261124;

  private CropCommand() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder out = new StringBuilder();
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      List<String> job = Arrays.asList(line.split("\t", -1));
      ImageId id = new ImageId(job.get(0));
      int height = Integer.parseInt(job.get(1));
      int width = Integer.parseInt(job.get(2));
      Window box = CropBox.draw(key(Purpose.CROP, id).random(), height, width);
      boolean flipped = key(Purpose.FLIP, id).random().nextDouble() < 0.5;
      out.append(box.top()).append(' ').append(box.left()).append(' ').append(box.height());
      out.append(' ').append(box.width()).append(' ').append(flipped ? 1 : 0).append('\n');
      if (job.size() > 3) {
        Image image = new Image(height, width, Files.readAllBytes(Path.of(job.get(3))));
        Image made =
            canvas(Integer.parseInt(job.get(4)), Integer.parseInt(job.get(5)))
                .augment(image, SEED, 0, id);
        Files.write(Path.of(job.get(6)), Arrays.copyOf(made.rgb(), made.sizeBytes()));
      }
    }
    System.out.print(out);
  }

  private static ImageKey key(Purpose purpose, ImageId id) {
    return ImageKey.of(SEED, purpose, 0, id);
  }

  private static Canvas canvas(int height, int width) {
    return new Canvas(
        new CanvasOptions(
            height,
            width,
            Fit.CROP,
            Filter.BILINEAR,
            Background.BLACK,
            new AugmentOptions(true, true)));
  }
}
