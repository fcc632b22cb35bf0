package io.emulsion.blend;

import io.emulsion.lambda.Lambda;

/**
 * What became of two images, and the share of the first that really went into it.
 *
 * @param mixed the pixels, or what they were made into
 * @param lambda the effective lambda
 */
public record Blend<T>(T mixed, Lambda lambda) {}
