package io.emulsion.annotation;

import java.util.List;

/**
 * What a file says of one image, not yet checked.
 *
 * @param boxes in the order of the file
 * @param normalised whether corners are fractions of width and height
 * @param height of the image in pixels; 0 where the file states none
 * @param width of the image in pixels; 0 where the file states none
 */
public record RawAnnotation(List<RawBox> boxes, boolean normalised, int height, int width) {
  /** More are taken for an attack on the memory. */
  public static final int MOST_BOXES = 1 << 16;
}
