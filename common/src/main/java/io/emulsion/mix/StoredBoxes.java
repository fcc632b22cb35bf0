package io.emulsion.mix;

import io.emulsion.codec.BadImageException;
import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.sample.Annotation;
import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;
import java.util.List;

/** The boxes of an annotation as pixels of the image that it belongs to. */
final class StoredBoxes {
  private StoredBoxes() {}

  /**
   * @param height of the image in pixels
   * @param width of the image in pixels
   * @throws BadImageException if the annotation, or a mask of it, is of another size
   */
  static List<Box> of(Annotation annotation, int height, int width) throws BadImageException {
    if (annotation.height() != 0 || annotation.width() != 0) {
      check("The annotation", annotation.height(), annotation.width(), height, width);
    }
    for (Box box : annotation.boxes()) {
      RunLengths mask = box.mask();
      if (mask != null) {
        check("A mask", mask.height(), mask.width(), height, width);
      }
    }
    if (!annotation.normalised()) {
      return annotation.boxes();
    }
    return annotation.boxes().stream().map(box -> pixels(box, height, width)).toList();
  }

  private static void check(String what, int statedHeight, int statedWidth, int height, int width)
      throws BadImageException {
    if (statedHeight != height || statedWidth != width) {
      throw new BadImageException(
          Reason.SIZE_DIFFERS,
          String.format(
              "%s is of %d x %d pixels (height x width), but the image has %d x %d",
              what, statedHeight, statedWidth, height, width));
    }
  }

  private static Box pixels(Box box, int height, int width) {
    return box.at(
        box.xMin() * width,
        box.yMin() * height,
        box.xMax() * width,
        box.yMax() * height,
        box.area(),
        box.mask());
  }
}
