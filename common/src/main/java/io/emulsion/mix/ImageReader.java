package io.emulsion.mix;

import io.emulsion.sample.ImageReference;
import java.io.IOException;

/** Reads the bytes of inputs. */
public interface ImageReader {
  /**
   * All bytes of an input, and never other bytes than those that were listed.
   *
   * @throws IOException if they cannot be read; the reader's caller must not take that for a bad
   *     image
   */
  byte[] read(ImageReference reference) throws IOException;
}
