package io.emulsion.canvas;

import static io.emulsion.error.Checks.option;

import io.emulsion.sample.Background;
import java.io.Serializable;

/**
 * The shape that the images of a data set get: one for all, or each its own.
 *
 * @param height in pixels, in {@code [1, 8192]}; without meaning where the fit is {@link Fit#NONE}
 * @param width like {@code height}
 * @param background under alpha and around a {@link Fit#LETTERBOX}
 */
public record CanvasOptions(
    int height, int width, Fit fit, Filter filter, Background background, AugmentOptions augment)
    implements Serializable {
  /** How an image of another aspect ratio is fitted. */
  public enum Fit {
    /** torchvision's Resize of the shorter side, then CenterCrop. */
    CROP,
    /** Each side on its own. */
    STRETCH,
    /** Pillow's ImageOps.pad: the whole image as large as fits, in the centre. */
    LETTERBOX,
    /** Not at all: each image keeps its size. Of a pair, the larger height and width hold. */
    NONE
  }

  /** How pixels are weighted. */
  public enum Filter {
    /** Triangle, widened when shrinking: Pillow's BILINEAR, torchvision's with antialias. */
    BILINEAR,
    /** Fractional area when shrinking: OpenCV's INTER_AREA; enlarges as {@link #BILINEAR}. */
    AREA
  }

  public CanvasOptions {
    option(
        height >= 1 && height <= 8192 && width >= 1 && width <= 8192,
        "image.size must be from 1 to 8192 a side, but is [%s, %s]",
        height,
        width);
  }
}
