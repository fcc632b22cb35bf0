package io.emulsion.mix;

import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.Iterator;

/** Reads the bytes of inputs. */
public interface ImageReader {
  /**
   * All bytes of an input, and never other bytes than those that were listed.
   *
   * @throws IOException if they cannot be read; the reader's caller must not take that for a bad
   *     image
   */
  byte[] read(ImageReference reference) throws IOException;

  /**
   * Says what is going to be read, so that it can be read ahead; what was expected before no longer
   * is. Decides only how long {@link #read} takes.
   *
   * @param order in which inputs are first wanted, each once
   */
  default void expect(Iterator<ImageReference> order) {}
}
