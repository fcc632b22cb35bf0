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
