package io.emulsion.spark.job;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws the demo's labelled set: six classes of shapes, 40 pictures each, as {@code
 * CLASS/CLASS-000.jpg}, every eighth a PNG. The same bytes each time on one JDK.
 */
final class DemoPictures {
  static final int PICTURES_PER_CLASS = 40;

  private static final int PNG_EVERY = 8;
  private static final float JPEG_QUALITY = 0.9f;
  private static final long SEED = 1710_09412; // arXiv's number of the mixup paper

  private DemoPictures() {}

  /**
   * Draws the set below {@code folder}, which is made where there is none; files of the same names
   * are replaced.
   */
  static void draw(Path folder) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Random seeds = new Random(SEED); // one for each picture, so that each stays as others change
    for (DemoShape shape : DemoShape.values()) {
      Path classFolder = Files.createDirectories(folder.resolve(shape.className()));
      for (int i = 0; i < PICTURES_PER_CLASS; i++) {
        Random random = new Random(seeds.nextLong());
        write(new DemoScene(random, shape).draw(), classFolder, i);
      }
    }
  }

  private static void write(BufferedImage picture, Path classFolder, int number)
      throws IOException {
    String format = number % PNG_EVERY == PNG_EVERY - 1 ? "png" : "jpg";
    String name =
        String.format(Locale.ROOT, "%s-%03d.%s", classFolder.getFileName(), number, format);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var file = Files.newOutputStream(classFolder.resolve(name));
        ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), options(writer, format));
    } finally {
      writer.dispose();
    }
  }

  private static ImageWriteParam options(ImageWriter writer, String format) {
    ImageWriteParam options = writer.getDefaultWriteParam();
    if (format.equals("jpg")) {
      options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      options.setCompressionQuality(JPEG_QUALITY);
    }
    return options;
  }
}
