package io.emulsion.sample;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of the objects on an image.
 *
 * @param boxes in the order of the source; none is a fact like any other
 * @param normalised whether the boxes' corners are fractions of the stored image's width and
 *     height, in {@code [0, 1]}, and not pixels
 * @param height of the stored image in pixels as the source states it; 0 where it states none
 * @param width of the stored image in pixels as the source states it; 0 where it states none
 */
public record Annotation(List<Box> boxes, boolean normalised, int height, int width)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of an image without boxes, and of every image of a classification. */
  public static final Annotation NONE = new Annotation(List.of(), false, 0, 0);
}
