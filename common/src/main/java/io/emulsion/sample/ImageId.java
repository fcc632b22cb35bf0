package io.emulsion.sample;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The stable name of a source image: its path under the input root, {@code /}-joined, not
 * normalised. Ordered by the unsigned bytes of its UTF-8 form, which is Python's {@code sorted()}.
 */
public record ImageId(String value) implements Comparable<ImageId>, Serializable {
  private static final long serialVersionUID = 1;

  public byte[] utf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(ImageId other) {
    return Arrays.compareUnsigned(utf8(), other.utf8());
  }

  @Override
  public String toString() {
    return value;
  }
}
