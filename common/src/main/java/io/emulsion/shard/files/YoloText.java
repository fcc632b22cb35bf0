package io.emulsion.shard.files;

import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.files.FixedPoint.Corners;
import java.nio.charset.StandardCharsets;

/**
 * A label file as YOLO has it, a line a box: the class, counted from 0 whatever the label offset,
 * then centre, width and height as shares of the image's width and height. Crowds are left out: as
 * in Ultralytics' own conversion of COCO, for YOLO knows none. What of a box lies outside the image
 * is cut off, since Ultralytics leaves out images with shares above 1.
 */
final class YoloText {
  /** A share's places: 10 to this power is finer than a millionth of a pixel needs. */
  private static final long UNIT = 100_000_000;

  private YoloText() {}

  static byte[] of(MixedSample sample) {
    StringBuilder text = new StringBuilder();
    for (MixedBox mixed : sample.boxes()) {
      if (!mixed.box().crowd()) {
        append(mixed, sample, text);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(MixedBox mixed, MixedSample sample, StringBuilder text) {
    Corners corners = Corners.of(mixed.box());
    long xMin = within(corners.xMin(), sample.width());
    long yMin = within(corners.yMin(), sample.height());
    long xMax = within(corners.xMax(), sample.width());
    long yMax = within(corners.yMax(), sample.height());
    text.append(mixed.box().label());
    text.append(' ').append(share(xMin + xMax, 2L * sample.width()));
    text.append(' ').append(share(yMin + yMax, 2L * sample.height()));
    text.append(' ').append(share(xMax - xMin, sample.width()));
    text.append(' ').append(share(yMax - yMin, sample.height())).append('\n');
  }

  private static long within(long millionths, int pixels) {
    return Math.min(Math.max(millionths, 0), pixels * FixedPoint.ONE);
  }

  /** {@code millionths} of {@code pixels}, rounded half up. */
  private static String share(long millionths, long pixels) {
    long units = UNIT / FixedPoint.ONE;
    return FixedPoint.text((2 * millionths * units + pixels) / (2 * pixels), UNIT);
  }
}
