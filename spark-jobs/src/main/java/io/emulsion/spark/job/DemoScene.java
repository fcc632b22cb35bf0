package io.emulsion.spark.job;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One picture of the demo: up to five shapes of one class, lit, with shadows, on a background. */
final class DemoScene {
  private static final int MIN_LONG_SIDE = 200;
  private static final int MAX_LONG_SIDE = 400;

  private final Random random;
  private final DemoShape shape;

  private record Spot(double x, double y, double radius) {
    boolean touches(Spot other) {
      double dx = x - other.x;
      double dy = y - other.y;
      double apart = 0.85 * (radius + other.radius);
      return dx * dx + dy * dy < apart * apart;
    }
  }

  DemoScene(Random random, DemoShape shape) {
    this.random = random;
    this.shape = shape;
  }

  /** Draws it: RGB, 120 to 400 pixels a side, landscape or portrait. */
  BufferedImage draw() {
    int longSide = MIN_LONG_SIDE + random.nextInt(MAX_LONG_SIDE - MIN_LONG_SIDE + 1);
    int shortSide = (int) (longSide * (0.6 + 0.4 * random.nextDouble()));
    boolean portrait = random.nextBoolean();
    BufferedImage picture =
        new BufferedImage(
            portrait ? shortSide : longSide,
            portrait ? longSide : shortSide,
            BufferedImage.TYPE_INT_RGB);
    boolean night = random.nextInt(3) == 0;
    new DemoBackground(random, night ? 0.28f : 0.72f).fill(picture);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    for (Spot spot : spots(picture.getWidth(), picture.getHeight())) {
      drawShape(graphics, spot, night);
    }
    graphics.dispose();
    return picture;
  }

  /** Where shapes fit: the first always does, the others where they do not touch earlier ones. */
  private List<Spot> spots(int width, int height) {
    List<Spot> spots = new ArrayList<>();
    int wanted = 1 + random.nextInt(5);
    double largest = Math.min(width, height) * (wanted == 1 ? 0.42 : 0.27);
    for (int attempt = 0; attempt < 40 && spots.size() < wanted; attempt++) {
      double radius = largest * (0.55 + 0.45 * random.nextDouble());
      Spot spot = new Spot(within(width, radius), within(height, radius), radius);
      if (spots.stream().noneMatch(spot::touches)) {
        spots.add(spot);
      }
    }
    return spots;
  }

  /** A centre from which at least most of the shape lies inside. */
  private double within(int side, double radius) {
    double margin = 0.9 * radius;
    return margin + random.nextDouble() * (side - 2 * margin);
  }

  private void drawShape(Graphics2D graphics, Spot spot, boolean night) {
    AffineTransform place = new AffineTransform();
    place.translate(spot.x(), spot.y());
    place.rotate(2 * StrictMath.PI * random.nextDouble());
    place.scale(spot.radius(), spot.radius());
    Shape outline = place.createTransformedShape(shape.outline());
    drawShadow(graphics, outline, spot.radius());

    float hue = random.nextFloat();
    float saturation = 0.55f + 0.4f * random.nextFloat();
    float brightness = night ? 0.95f : 0.45f + 0.45f * random.nextFloat();
    float radius = (float) spot.radius();
    float x = (float) spot.x();
    float y = (float) spot.y();
    Color lit = Color.getHSBColor(hue, saturation * 0.8f, Math.min(1, brightness * 1.1f));
    Color shaded = Color.getHSBColor(hue + 0.03f, saturation, brightness * 0.65f);
    graphics.setPaint(
        new GradientPaint(x - radius, y - radius, lit, x + radius, y + radius, shaded));
    graphics.fill(outline);
    if (random.nextInt(3) == 0) {
      graphics.setStroke(new BasicStroke(Math.max(1.5f, 0.05f * radius)));
      graphics.setPaint(Color.getHSBColor(hue, saturation, night ? 0.3f : 0.2f));
      graphics.draw(outline);
    }
  }

  /** A few faint copies, each a little farther away, make a soft edge. */
  private static void drawShadow(Graphics2D graphics, Shape outline, double radius) {
    graphics.setPaint(Color.BLACK);
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.09f));
    for (int i = 1; i <= 4; i++) {
      double distance = radius * 0.03 * i;
      graphics.fill(
          AffineTransform.getTranslateInstance(distance, distance * 1.4)
              .createTransformedShape(outline));
    }
    graphics.setComposite(AlphaComposite.SrcOver);
  }
}
