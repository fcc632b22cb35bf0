package io.emulsion.spark.job;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** What the pictures of a demo class show. Outlines lie around the origin, within radius 1. */
enum DemoShape {
  CIRCLES,
  RINGS,
  SQUARES,
  STARS,
  STRIPES,
  TRIANGLES;

  /** The name of the class and of its folder. */
  String className() {
    return name().toLowerCase(Locale.ROOT);
  }

  Shape outline() {
    return switch (this) {
      case CIRCLES -> new Ellipse2D.Double(-1, -1, 2, 2);
      case RINGS -> ring(0.55);
      case SQUARES -> polygon(4, 1);
      case STARS -> polygon(5, 0.42);
      case STRIPES -> stripes(4);
      case TRIANGLES -> polygon(3, 1);
    };
  }

  private static Shape ring(double inner) {
    Area ring = new Area(new Ellipse2D.Double(-1, -1, 2, 2));
    ring.subtract(new Area(new Ellipse2D.Double(-inner, -inner, 2 * inner, 2 * inner)));
    return ring;
  }

  /** A regular polygon; with {@code inner} below 1 a star, whose inner corners have that radius. */
  private static Shape polygon(int corners, double inner) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * corners; i++) {
      double radius = i % 2 == 0 ? 1 : inner;
      if (inner == 1 && i % 2 == 1) {
        continue;
      }
      double angle = StrictMath.PI * i / corners;
      double x = radius * StrictMath.sin(angle);
      double y = -radius * StrictMath.cos(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  /** Parallel bars with gaps of their own width. */
  private static Shape stripes(int bars) {
    Path2D path = new Path2D.Double();
    double width = 1.5 / (2 * bars - 1);
    for (int i = 0; i < bars; i++) {
      path.append(new Rectangle2D.Double(-0.75 + 2 * i * width, -0.66, width, 1.32), false);
    }
    return path;
  }
}
