package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;

/**
 * A view and the share of the first image that really went into it.
 *
 * @param lambda the effective lambda
 */
public record Blend(Image image, Lambda lambda) {}
