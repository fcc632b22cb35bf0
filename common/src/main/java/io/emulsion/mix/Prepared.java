package io.emulsion.mix;

import io.emulsion.sample.Box;
import io.emulsion.sample.Image;
import java.util.List;

/**
 * An image on its way into a view.
 *
 * @param boxes in pixels of {@code image}
 */
record Prepared(Image image, List<Box> boxes) {}
