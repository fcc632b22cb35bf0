package io.emulsion.natives;

import io.emulsion.sample.Image;

/** Images of tests to native memory and back. */
public final class TestPixels {
  private TestPixels() {}

  /** The image in memory of its own, which garbage collection gives back. */
  public static NativePixels of(Image image) {
    OpenCv.load();
    NativePixels pixels = new NativePixels();
    pixels.put(image);
    return pixels;
  }

  public static Image image(NativePixels pixels) {
    return new Image(pixels.height(), pixels.width(), pixels.toBytes());
  }
}
