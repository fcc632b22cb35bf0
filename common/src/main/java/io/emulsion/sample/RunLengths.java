package io.emulsion.sample;

import java.io.Serializable;

/**
 * A mask of {@code [height, width]} as COCO has it: the lengths of runs of 0s and 1s in turn, the
 * 0s first, column by column from the left. They add up to {@code height * width}.
 */
@SuppressWarnings("ArrayRecordComponent") // masks are never compared
public record RunLengths(int height, int width, int[] counts) implements Serializable {
  private static final long serialVersionUID = 1;
}
