package io.emulsion.codec;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;

/**
 * How mixed images are stored.
 *
 * @param quality of JPEG, in {@code [1, 100]}; the others ignore it
 */
public record EncodingOptions(Encoding encoding, int quality) implements Serializable {
  public EncodingOptions {
    option(
        quality >= 1 && quality <= 100, "output.quality must be from 1 to 100, but is %s", quality);
  }
}
