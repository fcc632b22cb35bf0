package io.emulsion.sample;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A labelled rectangle of an image, as its annotation has it: from the top left corner of the pixel
 * at {@code (xMin, yMin)} to the point {@code (xMax, yMax)}, in the unit of its {@link Annotation}.
 *
 * @param label class number, from 0
 * @param weight share that it has in a loss, in {@code [0, 1]}; 1 where the source has none
 * @param area of the object as the source states it, in square pixels; NaN where it states none
 * @param mask which pixels a crowd covers; null where the source has none
 */
public record Box(
    double xMin,
    double yMin,
    double xMax,
    double yMax,
    int label,
    double weight,
    boolean crowd,
    boolean difficult,
    double area,
    @Nullable RunLengths mask)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The same object elsewhere. */
  public Box at(
      double newXMin,
      double newYMin,
      double newXMax,
      double newYMax,
      double newArea,
      @Nullable RunLengths newMask) {
    return new Box(
        newXMin, newYMin, newXMax, newYMax, label, weight, crowd, difficult, newArea, newMask);
  }
}
