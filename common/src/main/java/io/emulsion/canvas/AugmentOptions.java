package io.emulsion.canvas;

import java.io.Serializable;

/**
 * What is drawn for each view and image before the mix, in this order.
 *
 * @param randomResizedCrop torchvision's RandomResizedCrop, in place of the canvas's own fit
 * @param flip torchvision's RandomHorizontalFlip
 */
public record AugmentOptions(boolean randomResizedCrop, boolean flip) implements Serializable {
  public static final AugmentOptions NONE = new AugmentOptions(false, false);
}
