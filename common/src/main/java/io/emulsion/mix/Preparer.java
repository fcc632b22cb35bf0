package io.emulsion.mix;

import io.emulsion.canvas.Canvas;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.Orientation;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.codec.StrictJpeg;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Background;
import io.emulsion.sample.Box;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.PixelArrays;
import java.util.List;

/**
 * Turns the bytes of an input into an image of the data set's shape, its boxes with it: {@link
 * #decode} does what all views of a pass share, {@link #image} what one view draws. Not
 * thread-safe.
 */
final class Preparer {
  private final DecodeOptions options;
  private final Background background;
  private final Canvas canvas;
  private final long seed;
  private final ImageCodec codec;
  private final PixelArrays arrays;
  private final StageTimes times;

  /**
   * @param arrays for images that keep their size
   */
  Preparer(
      DecodeOptions options,
      CanvasOptions canvas,
      long seed,
      ImageCodec codec,
      PixelArrays arrays,
      StageTimes times) {
    this.options = options;
    this.background = canvas.background();
    this.canvas = new Canvas(canvas);
    this.seed = seed;
    this.codec = codec;
    this.arrays = arrays;
    this.times = times;
  }

  /**
   * What {@link #image} starts from: fitted to the canvas already, unless each view draws a box.
   *
   * @throws BadImageException if the bytes are no image that can be used, or not the one that was
   *     annotated
   */
  Prepared decode(byte[] bytes, Annotation annotation) throws BadImageException {
    long started = System.nanoTime();
    ImageHeader header = ImageHeader.check(bytes, options.maxPixels());
    boolean jpeg = header.format() == ImageFormat.JPEG;
    int orientation = options.applyExif() ? header.orientation() : Orientation.UPRIGHT;
    boolean turned = Orientation.swapsSides(orientation);
    int height = turned ? header.width() : header.height();
    int width = turned ? header.height() : header.width();
    List<Box> boxes = StoredBoxes.of(annotation, height, width);
    int denominator = jpeg ? canvas.denominator(height, width) : 1;
    Image stored = codec.decode(bytes, header, denominator, background);
    if (jpeg && options.strict()) {
      StrictJpeg.check(bytes);
    }
    started = times.add(Stage.DECODE, started);
    Image upright = Orientation.upright(stored, orientation);
    Image prepared = arrays.keep(canvas.prepare(upright, height, width));
    boxes = canvas.prepare(boxes, height, width);
    times.add(Stage.PREPARE, started);
    return new Prepared(prepared, boxes);
  }

  /**
   * The image as a view shows it, whether as first or as partner.
   *
   * @param decoded by {@link #decode}
   */
  Prepared image(Prepared decoded, int view, ImageId id) {
    long started = System.nanoTime();
    Image image = canvas.augment(decoded.image(), seed, view, id);
    List<Box> boxes = canvas.augment(decoded.boxes(), decoded.image().width(), seed, view, id);
    times.add(Stage.PREPARE, started);
    return new Prepared(image, boxes);
  }
}
