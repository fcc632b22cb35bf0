package io.emulsion.mix;

import io.emulsion.canvas.Canvas;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.canvas.Orientation;
import io.emulsion.codec.BadImageException;
import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.ImageHeader;
import io.emulsion.sample.Image;

/** Turns the bytes of an input into an image of the data set's one shape. Not thread-safe. */
final class Preparer {
  private final DecodeOptions options;
  private final Canvas canvas;
  private final ImageCodec codec;
  private final StageTimes times;

  Preparer(DecodeOptions options, CanvasOptions canvas, ImageCodec codec, StageTimes times) {
    this.options = options;
    this.canvas = new Canvas(canvas);
    this.codec = codec;
    this.times = times;
  }

  /**
   * @throws BadImageException if the bytes are no image that can be used
   */
  Image prepare(byte[] bytes) throws BadImageException {
    long started = System.nanoTime();
    ImageHeader header = ImageHeader.check(bytes, options.maxPixels());
    int orientation = options.applyExif() ? header.orientation() : Orientation.UPRIGHT;
    boolean turned = Orientation.swapsSides(orientation);
    int height = turned ? header.width() : header.height();
    int width = turned ? header.height() : header.width();
    int denominator = header.format() == ImageFormat.JPEG ? canvas.denominator(height, width) : 1;
    Image stored = codec.decode(bytes, header, denominator);
    started = times.add(Stage.DECODE, started);
    Image prepared = canvas.prepare(Orientation.upright(stored, orientation), height, width);
    times.add(Stage.PREPARE, started);
    return prepared;
  }
}
