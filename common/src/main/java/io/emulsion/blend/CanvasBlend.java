package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;

/**
 * The mixup of images of unequal sizes: on a canvas of the larger height and the larger width, both
 * images at its top left, so that no box moves (GluonCV's MixupDetection, Zhang et al. 2019). A
 * pixel that an image does not have counts as 0.
 */
final class CanvasBlend {
  private CanvasBlend() {}

  static Image blend(Image first, Image partner, Lambda lambda) {
    int height = Math.max(first.height(), partner.height());
    int width = Math.max(first.width(), partner.width());
    byte[] mixed = Image.allocate(height, width);
    int weight = lambda.weight();
    int other = Lambda.ONE - weight;
    boolean firstIsWider = first.width() > partner.width();
    Image wider = firstIsWider ? first : partner;
    int common = Math.min(first.width(), partner.width()) * 3;
    int commonRows = Math.min(first.height(), partner.height());
    for (int y = 0; y < commonRows; y++) {
      int to = y * width * 3;
      int firstRow = y * first.width() * 3;
      int partnerRow = y * partner.width() * 3;
      blend(first.rgb(), firstRow, partner.rgb(), partnerRow, mixed, to, common, weight);
      int widerRow = firstIsWider ? firstRow : partnerRow;
      int rest = wider.width() * 3 - common;
      int share = firstIsWider ? weight : other;
      scale(wider.rgb(), widerRow + common, mixed, to + common, rest, share);
    }
    boolean firstIsTaller = first.height() > partner.height();
    Image taller = firstIsTaller ? first : partner;
    int rowBytes = taller.width() * 3;
    for (int y = commonRows; y < height; y++) {
      scale(
          taller.rgb(),
          y * rowBytes,
          mixed,
          y * width * 3,
          rowBytes,
          firstIsTaller ? weight : other);
    }
    return new Image(height, width, mixed);
  }

  /** Apart and over plain arrays, so that the JIT compiler makes SIMD code of the loop. */
  private static void blend(
      byte[] first,
      int firstAt,
      byte[] partner,
      int partnerAt,
      byte[] mixed,
      int to,
      int count,
      int weight) {
    int other = Lambda.ONE - weight;
    for (int i = 0; i < count; i++) {
      int sum = (first[firstAt + i] & 0xFF) * weight + (partner[partnerAt + i] & 0xFF) * other;
      mixed[to + i] = (byte) ((sum + 32767 + ((sum >>> 16) & 1)) >>> 16);
    }
  }

  /** What {@link #blend} makes of an image and zeros. */
  private static void scale(byte[] from, int at, byte[] mixed, int to, int count, int weight) {
    for (int i = 0; i < count; i++) {
      int sum = (from[at + i] & 0xFF) * weight;
      mixed[to + i] = (byte) ((sum + 32767 + ((sum >>> 16) & 1)) >>> 16);
    }
  }
}
