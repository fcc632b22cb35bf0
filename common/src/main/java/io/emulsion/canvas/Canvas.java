package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.sample.Image;

/** Brings images of any size to the one that {@link CanvasOptions} ask for. Not thread-safe. */
public final class Canvas {
  private final CanvasOptions options;
  private final Resize resize;

  public Canvas(CanvasOptions options) {
    this.options = options;
    this.resize = new Resize(options.filter());
  }

  /** What the resize makes of a whole image, before any crop. */
  private record Size(int height, int width) {}

  /**
   * By how much a JPEG may be shrunk while it is decoded: the largest of 8, 4, 2 and 1 that leaves
   * at least what the resize makes, so that the resize never enlarges because of it.
   *
   * @param height of the upright original
   * @param width of the upright original
   */
  public int denominator(int height, int width) {
    Size size = resized(height, width);
    int denominator = 8;
    while (denominator > 1
        && (height / denominator < size.height() || width / denominator < size.width())) {
      denominator /= 2;
    }
    return denominator;
  }

  /**
   * Resizes the whole of {@code image} and, with {@link Fit#CROP}, cuts its centre out.
   *
   * @param image upright; decoded with any denominator
   * @param height of the upright original: the aspect ratio is its, not the decoded image's
   * @param width of the upright original
   */
  public Image prepare(Image image, int height, int width) {
    Size size = resized(height, width);
    Window centre =
        new Window(
            centred(size.height(), options.height()),
            centred(size.width(), options.width()),
            options.height(),
            options.width());
    return resize.resize(image, size.height(), size.width(), centre);
  }

  private Size resized(int height, int width) {
    if (options.fit() == Fit.STRETCH) {
      return new Size(options.height(), options.width());
    }
    // torchvision's Resize: one side becomes exact, the other int(size * long / short). Which one
    // is
    // decided by what covers the canvas; for a square canvas that is the shorter one.
    long byHeight = (long) options.height() * width;
    long byWidth = (long) options.width() * height;
    return byHeight >= byWidth
        ? new Size(options.height(), Math.toIntExact(byHeight / height))
        : new Size(Math.toIntExact(byWidth / width), options.width());
  }

  /** torchvision's CenterCrop: {@code int(round((whole - part) / 2.0))}, half to even. */
  private static int centred(int whole, int part) {
    return (int) Math.rint((whole - part) / 2.0);
  }
}
