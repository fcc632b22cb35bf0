package io.emulsion.spark.job;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A textured background: two muted colours, mixed by a pattern, with light from one side and grain.
 */
final class DemoBackground {
  private static final int GRAIN = 14;

  private final Random random;
  private final Color dark;
  private final Color light;
  private final Pattern pattern;
  private final double angle;

  /** How far the colour is mixed from dark to light at a pixel, in {@code [0, 1]}. */
  private interface Pattern {
    double at(double x, double y);
  }

  /**
   * @param brightness of its colours in the middle, in {@code [0, 1]}
   */
  DemoBackground(Random random, float brightness) {
    this.random = random;
    float hue = random.nextFloat();
    float saturation = 0.08f + 0.4f * random.nextFloat();
    float contrast = 0.04f + 0.1f * random.nextFloat();
    this.dark = Color.getHSBColor(hue, saturation, brightness - contrast);
    this.light =
        Color.getHSBColor(
            hue + 0.2f * (random.nextFloat() - 0.5f), saturation * 0.8f, brightness + contrast);
    this.angle = 2 * StrictMath.PI * random.nextDouble();
    this.pattern =
        switch (random.nextInt(4)) {
          case 0 -> (x, y) -> 0.5;
          case 1 -> checks(10 + 26 * random.nextDouble());
          case 2 -> clouds(18 + 40 * random.nextDouble());
          default -> clouds(3 + 3 * random.nextDouble());
        };
  }

  /** Fills the whole of {@code picture}, which is {@code TYPE_INT_RGB}. */
  void fill(BufferedImage picture) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double shade = 50 * (cos * (x - width / 2.0) + sin * (y - height / 2.0)) / (width + height);
        double share = pattern.at(cos * x + sin * y, cos * y - sin * x);
        double offset = shade + GRAIN * (random.nextDouble() - 0.5);
        int red = level(dark.getRed(), light.getRed(), share, offset);
        int green = level(dark.getGreen(), light.getGreen(), share, offset);
        int blue = level(dark.getBlue(), light.getBlue(), share, offset);
        row[x] = red << 16 | green << 8 | blue;
      }
      picture.getRaster().setDataElements(0, y, width, 1, row);
    }
  }

  private static int level(int dark, int light, double share, double offset) {
    double level = dark + share * (light - dark) + offset;
    return (int) Math.max(0, Math.min(255, level));
  }

  private static Pattern checks(double side) {
    return (x, y) -> (floor(x / side) + floor(y / side)) & 1;
  }

  /** Value noise: random numbers on a grid of {@code cell} pixels, smoothly joined. */
  private Pattern clouds(double cell) {
    double[] values = random.doubles(64 * 64).toArray();
    return (x, y) -> {
      int column = floor(x / cell);
      int row = floor(y / cell);
      double right = smooth(x / cell - column);
      double down = smooth(y / cell - row);
      double top = between(value(values, column, row), value(values, column + 1, row), right);
      double bottom =
          between(value(values, column, row + 1), value(values, column + 1, row + 1), right);
      return between(top, bottom, down);
    };
  }

  private static double value(double[] values, int column, int row) {
    return values[(row & 63) * 64 + (column & 63)];
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double between(double from, double to, double share) {
    return from + share * (to - from);
  }

  private static int floor(double value) {
    return (int) Math.floor(value);
  }
}
