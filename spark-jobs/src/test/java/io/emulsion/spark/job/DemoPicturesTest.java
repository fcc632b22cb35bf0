package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPicturesTest {
  private static final int SIDE = 16;

  @TempDir static Path folder;

  @BeforeAll
  static void drawOnce() throws IOException {
    DemoPictures.draw(folder);
  }

  @Test
  void drawsFortyPicturesOfEachOfSixClasses() throws IOException {
    assertThat(namesIn(folder))
        .containsExactly("circles", "rings", "squares", "stars", "stripes", "triangles");
    for (String name : namesIn(folder)) {
      assertThat(namesIn(folder.resolve(name)))
          .hasSize(40)
          .startsWith(name + "-000.jpg")
          .contains(name + "-007.png")
          .endsWith(name + "-039.png");
    }
  }

  @Test
  void everyPictureDecodesAndSizesVary() throws IOException {
    Set<String> sizes = new HashSet<>();
    int portraits = 0;
    for (Path file : files(folder)) {
      BufferedImage picture = ImageIO.read(file.toFile());
      assertThat(picture).as(file.toString()).isNotNull();
      assertThat(picture.getWidth()).isBetween(120, 400);
      assertThat(picture.getHeight()).isBetween(120, 400);
      sizes.add(picture.getWidth() + "x" + picture.getHeight());
      portraits += picture.getHeight() > picture.getWidth() ? 1 : 0;
    }
    assertThat(sizes).hasSizeGreaterThan(200);
    assertThat(portraits).isBetween(80, 160);
  }

  @Test
  void drawsTheSameBytesAgain(@TempDir Path again) throws IOException {
    DemoPictures.draw(again);
    DemoPictures.draw(again);
    assertThat(files(again)).hasSize(files(folder).size());
    for (Path file : files(folder)) {
      assertThat(again.resolve(folder.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void noTwoPicturesAreAlike() throws IOException {
    Set<String> contents = new HashSet<>();
    for (Path file : files(folder)) {
      contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    assertThat(contents).hasSize(240);
  }

  @Test
  void theMeanPicturesOfTheClassesDiffer() throws IOException {
    List<String> classes = namesIn(folder);
    for (int a = 0; a < classes.size(); a++) {
      for (int b = a + 1; b < classes.size(); b++) {
        assertThat(distance(mean(classes.get(a)), mean(classes.get(b))))
            .as("mean levels between %s and %s", classes.get(a), classes.get(b))
            .isGreaterThan(3);
      }
    }
  }

  /** The mean of a class's pictures, each scaled to 16 x 16 gray levels. */
  private static double[] mean(String className) throws IOException {
    List<Path> files = files(folder.resolve(className));
    double[] mean = new double[SIDE * SIDE];
    for (Path file : files) {
      BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = small.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(ImageIO.read(file.toFile()), 0, 0, SIDE, SIDE, null);
      graphics.dispose();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += small.getRaster().getSample(i % SIDE, i / SIDE, 0) / (double) files.size();
      }
    }
    return mean;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static List<String> namesIn(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> files(Path parent) throws IOException {
    try (Stream<Path> files = Files.walk(parent)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
