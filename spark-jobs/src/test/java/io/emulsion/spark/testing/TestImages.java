package io.emulsion.spark.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Tiny pictures, no two alike, drawn anew for each test. */
public final class TestImages {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 12;

  private TestImages() {}

  /** A picture of 16 x 12 pixels; {@code number} decides them. */
  public static byte[] jpeg(int number) throws IOException {
    return encoded("jpg", number);
  }

  /** The same as PNG. */
  public static byte[] png(int number) throws IOException {
    return encoded("png", number);
  }

  private static byte[] encoded(String format, int number) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int red = (x * 16 + number * 37) & 255;
        int green = (y * 20 + number * 101) & 255;
        int blue = (x * y + number * 7) & 255;
        picture.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
    return bytes.toByteArray();
  }

  /** A JPEG whose header claims a side of {@code side} pixels. */
  public static byte[] headerBomb(int side) throws IOException {
    byte[] bytes = jpeg(0);
    for (int i = 2; i + 9 < bytes.length; ) {
      if ((bytes[i + 1] & 0xff) == 0xc0) {
        for (int at = i + 5; at < i + 9; at += 2) {
          bytes[at] = (byte) (side >> 8);
          bytes[at + 1] = (byte) side;
        }
        return bytes;
      }
      i += 2 + (((bytes[i + 2] & 0xff) << 8) | (bytes[i + 3] & 0xff));
    }
    throw new IllegalStateException("No frame header");
  }

  /** A file, and the folders above it. */
  public static Path file(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  public static Path file(Path file, String text) throws IOException {
    return file(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Draws {@code count} pictures with COCO's JSON beside their folder ({@link #annotations}): none,
   * one or two boxes each, and a crowd on each fourth.
   */
  public static Path boxed(Path folder, int count) throws IOException {
    StringBuilder images = new StringBuilder();
    StringBuilder boxes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String name = i + (i % 2 == 0 ? ".jpg" : ".png");
      file(folder.resolve(name), i % 2 == 0 ? jpeg(i) : png(i));
      images.append(
          ",{'id':%d,'file_name':'%s','height':%d,'width':%d}".formatted(i, name, HEIGHT, WIDTH));
      for (int box = 0; box < i % 3; box++) {
        boxes.append(
            ",{'id':%d,'image_id':%d,'category_id':%d,'bbox':[%d,1.25,7.1,%d],'area':9.5,'iscrowd':0}"
                .formatted(i * 10 + box, i, 3 + 4 * box, box, 3 + i % 5));
      }
      if (i % 4 == 0) {
        boxes.append(
            ",{'id':%d,'image_id':%d,'category_id':7,'bbox':[0,0,16,12],'area':24,'iscrowd':1,'segmentation':{'size':[12,16],'counts':[%d,24,%d]}}"
                .formatted(i * 10 + 9, i, i, 168 - i));
      }
    }
    file(
        annotations(folder),
        "{'images':[%s],'annotations':[%s],'categories':[{'id':3,'name':'cat'},{'id':7,'name':'dog'}]}"
            .formatted(images.substring(1), boxes.substring(1))
            .replace('\'', '"'));
    return folder;
  }

  /** Where {@link #boxed} leaves the boxes. */
  public static Path annotations(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".json");
  }

  /** Draws {@code count} pictures, JPEG and PNG by turns, in the classes a, b and c. */
  public static Path classes(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      boolean jpeg = i % 2 == 0;
      String name = (char) ('a' + i % 3) + "/" + i + (jpeg ? ".jpg" : ".png");
      file(folder.resolve(name), jpeg ? jpeg(i) : png(i));
    }
    return folder;
  }
}
