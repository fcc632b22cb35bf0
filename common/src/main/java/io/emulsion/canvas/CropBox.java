package io.emulsion.canvas;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * The law of torchvision's RandomResizedCrop: {@code get_params} with its defaults, scale 0.08 to 1
 * of the area and aspect ratio 3/4 to 4/3, uniform in its logarithm.
 */
final class CropBox {
  private static final double LEAST_SCALE = 0.08;
  private static final double LEAST_RATIO = 3.0 / 4.0;
  private static final double MOST_RATIO = 4.0 / 3.0;
  private static final int TRIES = 10;

  private CropBox() {}

  /** A box inside an image of {@code height} times {@code width} pixels. */
  static Window draw(RandomGenerator random, int height, int width) {
    double area = (double) height * width;
    double least = FastMath.log(LEAST_RATIO); // FastMath: the same bits on every JVM
    double range = FastMath.log(MOST_RATIO) - least;
    for (int i = 0; i < TRIES; i++) {
      double part = area * (LEAST_SCALE + (1 - LEAST_SCALE) * random.nextDouble());
      double ratio = FastMath.exp(least + range * random.nextDouble());
      // sqrt and rint are exact by definition, so Math's are the same everywhere.
      int partWidth = (int) Math.rint(Math.sqrt(part * ratio));
      int partHeight = (int) Math.rint(Math.sqrt(part / ratio));
      if (partWidth > 0 && partWidth <= width && partHeight > 0 && partHeight <= height) {
        int top = random.nextInt(height - partHeight + 1);
        int left = random.nextInt(width - partWidth + 1);
        return new Window(top, left, partHeight, partWidth);
      }
    }
    return centre(height, width);
  }

  /** The largest box of a legal ratio. */
  private static Window centre(int height, int width) {
    double ratio = (double) width / height;
    int partHeight = ratio < LEAST_RATIO ? (int) Math.rint(width / LEAST_RATIO) : height;
    int partWidth = ratio > MOST_RATIO ? (int) Math.rint(height * MOST_RATIO) : width;
    return new Window((height - partHeight) / 2, (width - partWidth) / 2, partHeight, partWidth);
  }
}
