package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.sample.Image;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Resizes in integers, so that every machine gives the same bytes: within one level of Pillow's
 * BILINEAR and, where both axes shrink, of OpenCV's INTER_AREA. Pillow rounds to bytes after the
 * horizontal pass, this class after the vertical one, so that a value that lies half way between
 * two levels twice can be two levels off: 4 of 1,843 million values of photos at 224 pixels, all in
 * one photo that shrinks by 5/4, and about one in ten million values of noise at other sizes.
 *
 * <p>Not thread-safe: keeps weights and scratch memory from one image to the next.
 */
final class Resize {
  private static final int KEPT_TAPS = 256;

  private final Filter filter;
  private final Map<Axis, Taps> keptTaps =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Axis, Taps> eldest) {
          return size() > KEPT_TAPS;
        }
      };
  private byte[] upright = new byte[0];
  private byte[] transposed = new byte[0];

  Resize(Filter filter) {
    this.filter = filter;
  }

  /**
   * What is made of one axis: {@code count} of {@code target} lines, beginning with {@code from}.
   */
  private record Axis(int source, int target, int from, int count) {}

  /** The whole of {@code image} as {@code [height, width]}. */
  Image resize(Image image, int height, int width) {
    return resize(image, whole(image), height, width);
  }

  /** The same as cutting {@code part} out of {@code image} and resizing that: no border bleeds. */
  Image resize(Image image, Window part, int height, int width) {
    return resize(image, part, height, width, new Window(0, 0, height, width));
  }

  /** The same as {@link #resize(Image, int, int)} and then cutting {@code window} out of it. */
  Image resize(Image image, int height, int width, Window window) {
    return resize(image, whole(image), height, width, window);
  }

  private static Window whole(Image image) {
    return new Window(0, 0, image.height(), image.width());
  }

  private Image resize(Image image, Window part, int height, int width, Window window) {
    if (part.equals(whole(image))
        && window.equals(part)
        && height == image.height()
        && width == image.width()) {
      return image;
    }
    Taps rows = taps(new Axis(part.height(), height, window.top(), window.height()));
    Taps columns = taps(new Axis(part.width(), width, window.left(), window.width()));
    int left = columns.begin();
    int used = columns.end() - left;

    transposed = atLeast(transposed, TransposingKernel.sizeBytes(used, window.height()));
    int start = (part.top() * image.width() + part.left() + left) * 3;
    TransposingKernel.run(withSpareBytes(image), start, image.width() * 3, used, rows, transposed);

    upright = atLeast(upright, TransposingKernel.sizeBytes(window.height(), window.width()));
    int pitch = TransposingKernel.pitch(window.height());
    TransposingKernel.run(transposed, -left * pitch, pitch, window.height(), columns, upright);
    return withoutGaps(upright, window);
  }

  private Taps taps(Axis axis) {
    return keptTaps.computeIfAbsent(
        axis, a -> Taps.of(filter, a.source(), a.target(), a.from(), a.count()));
  }

  private static byte[] atLeast(byte[] scratch, int length) {
    return scratch.length >= length ? scratch : new byte[length];
  }

  private static byte[] withSpareBytes(Image image) {
    if (image.rgb().length >= image.sizeBytes() + Image.SPARE_BYTES) {
      return image.rgb();
    }
    byte[] copy = Image.allocate(image.height(), image.width());
    System.arraycopy(image.rgb(), 0, copy, 0, image.sizeBytes());
    return copy;
  }

  private static Image withoutGaps(byte[] upright, Window window) {
    byte[] rgb = Image.allocate(window.height(), window.width());
    int rowBytes = window.width() * 3;
    int pitch = TransposingKernel.pitch(window.width());
    for (int y = 0; y < window.height(); y++) {
      System.arraycopy(upright, y * pitch, rgb, y * rowBytes, rowBytes);
    }
    return new Image(window.height(), window.width(), rgb);
  }
}
