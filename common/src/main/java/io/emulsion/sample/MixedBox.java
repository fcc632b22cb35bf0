package io.emulsion.sample;

import java.io.Serializable;

/**
 * A box of a mixed sample, in pixels of the mixed image.
 *
 * @param box its corners moved along with the image, its weight as the source has it
 * @param weight lambda or {@code 1 - lambda}, times the weight the box had
 * @param source 0 for a box of the first image, 1 for one of the partner
 */
public record MixedBox(Box box, double weight, int source) implements Serializable {
  private static final long serialVersionUID = 1;
}
