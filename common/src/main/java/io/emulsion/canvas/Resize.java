package io.emulsion.canvas;

import io.emulsion.canvas.CanvasOptions.Filter;
import io.emulsion.sample.Image;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
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

  /** Lines that are turned at once: few enough to stay in the first cache. */
  private static final int BLOCK = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Filter filter;
  private final Map<Axis, Taps> keptTaps =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Axis, Taps> eldest) {
          return size() > KEPT_TAPS;
        }
      };
  private final Lanes lanes = new Lanes();
  private final RowRing sourceRows = new RowRing();

  /** A line for each column of the source: what the vertical pass makes, turned on its side. */
  private int[][] columns = new int[0][];

  /** Lines that a pass makes before they are turned at once. */
  private int[][] block = new int[0][];

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
    Taps across = taps(new Axis(part.width(), width, window.left(), window.width()));
    int left = across.begin();
    int used = across.end() - left;
    sourceRows.start(image, part.top(), part.left() + left, used, rows.largest());
    weighRows(rows, used);
    return weighColumns(across, left, window);
  }

  /** The vertical pass: makes {@link #columns} of the source rows. */
  private void weighRows(Taps rows, int used) {
    int length = RowRing.lengthOf(used);
    columns = atLeast(columns, length / 3 * 4, rows.count());
    block = atLeast(block, BLOCK, length);
    for (int begin = 0; begin < rows.count(); begin += BLOCK) {
      int count = Math.min(BLOCK, rows.count() - begin);
      for (int i = 0; i < count; i++) {
        int row = begin + i;
        int[][] source = sourceRows.rows(rows.first(row), rows.size(row));
        lanes.weigh(source, rows.weights(), rows.offset(row), rows.size(row), length, block[i]);
      }
      turnPixels(block, count, length, columns, begin);
    }
  }

  /** Takes the pixels of {@code count} rows apart, each into a line of its column. */
  private static void turnPixels(int[][] rows, int count, int length, int[][] columns, int at) {
    for (int i = 0, x = 0; i < length; i += 3, x += 4) {
      int[] first = columns[x];
      int[] second = columns[x + 1];
      int[] third = columns[x + 2];
      int[] fourth = columns[x + 3];
      for (int r = 0; r < count; r++) {
        int a = rows[r][i];
        int b = rows[r][i + 1];
        int c = rows[r][i + 2];
        first[at + r] = a;
        second[at + r] = a >>> 24 | b << 8;
        third[at + r] = b >>> 16 | c << 16;
        fourth[at + r] = c >>> 8;
      }
    }
  }

  /** The horizontal pass: makes the image of {@link #columns}. */
  private Image weighColumns(Taps across, int left, Window window) {
    byte[] rgb = Image.allocate(window.height(), window.width());
    int[][] source = new int[across.largest()][];
    block = atLeast(block, BLOCK, window.height());
    for (int begin = 0; begin < window.width(); begin += BLOCK) {
      int count = Math.min(BLOCK, window.width() - begin);
      for (int i = 0; i < count; i++) {
        int column = begin + i;
        int size = across.size(column);
        System.arraycopy(columns, across.first(column) - left, source, 0, size);
        lanes.weigh(
            source, across.weights(), across.offset(column), size, window.height(), block[i]);
      }
      turnColumns(block, count, window, rgb, begin);
    }
    return new Image(window.height(), window.width(), rgb);
  }

  /**
   * Writes the pixels of {@code count} columns, each with a fourth byte, which the pixel to its
   * right, written later, takes; the last of a row has none to its right.
   */
  private static void turnColumns(int[][] lines, int count, Window window, byte[] rgb, int begin) {
    boolean last = begin + count == window.width();
    int whole = last ? count - 1 : count;
    for (int y = 0; y < window.height(); y++) {
      int at = (y * window.width() + begin) * 3;
      for (int i = 0; i < whole; i++, at += 3) {
        INTS.set(rgb, at, lines[i][y]);
      }
      if (last) {
        int pixel = lines[whole][y];
        rgb[at] = (byte) pixel;
        rgb[at + 1] = (byte) (pixel >>> 8);
        rgb[at + 2] = (byte) (pixel >>> 16);
      }
    }
  }

  private Taps taps(Axis axis) {
    return keptTaps.computeIfAbsent(
        axis, a -> Taps.of(filter, a.source(), a.target(), a.from(), a.count()));
  }

  /**
   * At least {@code count} arrays of at least {@code length}, those that are there where they do.
   */
  private static int[][] atLeast(int[][] lines, int count, int length) {
    int[][] more = lines.length >= count ? lines : Arrays.copyOf(lines, count);
    for (int i = 0; i < count; i++) {
      if (more[i] == null || more[i].length < length) {
        more[i] = new int[length];
      }
    }
    return more;
  }
}
