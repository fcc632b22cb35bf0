package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Fit;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.Box;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.RunLengths;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Brings images of any size to the one that {@link CanvasOptions} ask for, and their boxes with
 * them, in two steps: {@code prepare} makes what all views share, {@code augment} what one view
 * draws. Not thread-safe.
 */
public final class Canvas {
  private static final double FLIP_PROBABILITY = 0.5;

  private final CanvasOptions options;
  private final AugmentOptions augment;
  private final Resize resize;

  public Canvas(CanvasOptions options) {
    this.options = options;
    this.augment = options.augment();
    this.resize = new Resize(options.filter());
  }

  /** What the resize makes of a whole image, before any crop. */
  private record Size(int height, int width) {}

  /**
   * By how much a JPEG may be shrunk while it is decoded: the largest of 8, 4, 2 and 1 that leaves
   * at least what the resize makes, so that the resize never enlarges because of it. 1 where a box
   * is drawn, which may be small.
   *
   * @param height of the upright original
   * @param width of the upright original
   */
  public int denominator(int height, int width) {
    if (augment.randomResizedCrop() || options.fit() == Fit.NONE) {
      return 1;
    }
    Size size = resized(height, width);
    int denominator = 8;
    while (denominator > 1
        && (height / denominator < size.height() || width / denominator < size.width())) {
      denominator /= 2;
    }
    return denominator;
  }

  /**
   * Fits the whole of {@code image} to the canvas; where each view draws its own box, the image
   * stays as it is.
   *
   * @param image upright; decoded with the {@link #denominator} of its original
   * @param height of the upright original: the aspect ratio is its, not the decoded image's
   * @param width of the upright original
   */
  public Image prepare(Image image, int height, int width) {
    if (augment.randomResizedCrop() || options.fit() == Fit.NONE) {
      return image;
    }
    Size size = resized(height, width);
    if (options.fit() == Fit.LETTERBOX) {
      return framed(resize.resize(image, size.height(), size.width()));
    }
    Window centre =
        new Window(
            centred(size.height(), options.height()),
            centred(size.width(), options.width()),
            options.height(),
            options.width());
    return resize.resize(image, size.height(), size.width(), centre);
  }

  /**
   * What a view makes of an image: the same each time, and the same image where nothing is drawn.
   *
   * @param prepared by {@link #prepare}
   * @param id of the image; decides the draws, with {@code seed} and {@code view}
   */
  public Image augment(Image prepared, long seed, int view, ImageId id) {
    Image image = prepared;
    if (augment.randomResizedCrop()) {
      Window box =
          CropBox.draw(
              ImageKey.of(seed, Purpose.CROP, view, id).random(), image.height(), image.width());
      image = resize.resize(image, box, options.height(), options.width());
    }
    if (flips(seed, view, id)) {
      image = Orientation.upright(image, Orientation.MIRRORED);
    }
    return image;
  }

  private boolean flips(long seed, int view, ImageId id) {
    return augment.flip()
        && ImageKey.of(seed, Purpose.FLIP, view, id).random().nextDouble() < FLIP_PROBABILITY;
  }

  /**
   * Moves the boxes of an image along with {@link #prepare}. Masks become those of the nearest
   * pixels.
   *
   * @param boxes in pixels of the upright original
   * @param height of the upright original
   * @param width of the upright original
   */
  public List<Box> prepare(List<Box> boxes, int height, int width) {
    if (boxes.isEmpty() || options.fit() == Fit.NONE) {
      return boxes;
    }
    if (options.fit() == Fit.CROP || augment.randomResizedCrop()) {
      throw new IllegalArgumentException("A crop would cut boxes");
    }
    Size size = resized(height, width);
    Window to =
        new Window(
            centred(options.height(), size.height()),
            centred(options.width(), size.width()),
            size.height(),
            size.width());
    Placement placement = new Placement(height, width, to, options.height(), options.width());
    return boxes.stream().map(placement::move).toList();
  }

  /**
   * Moves the boxes of an image along with {@link #augment}.
   *
   * @param boxes in pixels of the prepared image
   * @param width of the prepared image
   */
  public List<Box> augment(List<Box> boxes, int width, long seed, int view, ImageId id) {
    if (boxes.isEmpty() || !flips(seed, view, id)) {
      return boxes;
    }
    return boxes.stream().map(box -> mirrored(box, width)).toList();
  }

  private static Box mirrored(Box box, int width) {
    RunLengths mask = box.mask();
    return box.at(
        width - box.xMax(),
        box.yMin(),
        width - box.xMin(),
        box.yMax(),
        box.area(),
        mask == null ? null : Masks.mirrored(mask));
  }

  private Size resized(int height, int width) {
    return switch (options.fit()) {
      case CROP -> covering(height, width);
      case STRETCH -> new Size(options.height(), options.width());
      case LETTERBOX -> contained(height, width);
      case NONE -> new Size(height, width);
    };
  }

  /**
   * torchvision's Resize: one side becomes exact, the other int(size * long / short). Which one is
   * decided by what covers the canvas; for a square canvas that is the shorter one.
   */
  private Size covering(int height, int width) {
    long byHeight = (long) options.height() * width;
    long byWidth = (long) options.width() * height;
    return byHeight >= byWidth
        ? new Size(options.height(), Math.toIntExact(byHeight / height))
        : new Size(Math.toIntExact(byWidth / width), options.width());
  }

  /** Pillow's ImageOps.contain, in its arithmetic, but at least one pixel a side. */
  private Size contained(int height, int width) {
    if ((long) options.height() * width >= (long) options.width() * height) {
      double rounded = Math.rint((double) height / width * options.width());
      return new Size(Math.max(1, (int) rounded), options.width());
    }
    double rounded = Math.rint((double) width / height * options.height());
    return new Size(options.height(), Math.max(1, (int) rounded));
  }

  /** Pillow's ImageOps.pad: the image in the centre, background around it. */
  private Image framed(Image image) {
    if (image.height() == options.height() && image.width() == options.width()) {
      return image;
    }
    byte[] rgb = Image.allocate(options.height(), options.width());
    Arrays.fill(rgb, (byte) options.background().level());
    int left = centred(options.width(), image.width());
    int top = centred(options.height(), image.height());
    int rowBytes = image.width() * 3;
    ByteBuffer bytes = image.bytes();
    for (int y = 0; y < image.height(); y++) {
      int to = ((top + y) * options.width() + left) * 3;
      bytes.get(y * rowBytes, rgb, to, rowBytes);
    }
    return new Image(options.height(), options.width(), rgb);
  }

  /**
   * torchvision's CenterCrop, {@code int(round((whole - part) / 2.0))}, and ImageOps.pad: half to
   * even.
   */
  private static int centred(int whole, int part) {
    return (int) Math.rint((whole - part) / 2.0);
  }
}
