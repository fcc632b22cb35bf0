package io.emulsion.mix;

import io.emulsion.codec.BadImageException.Reason;
import io.emulsion.sample.ImageReference;

/**
 * An input that was read whole and cannot be used.
 *
 * @param message what is wrong with its bytes
 */
public record BadInput(ImageReference reference, Reason reason, String message) {}
