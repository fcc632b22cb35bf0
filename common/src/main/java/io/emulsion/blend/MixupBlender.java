package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;

/**
 * Mixup: {@code lambda * first + (1 - lambda) * partner}, each value rounded half to even. In
 * integers, so the bits are the same on every machine.
 */
public final class MixupBlender implements Blender<Image> {
  @Override
  public Blend<Image> blend(Image first, Image partner, Lambda lambda) {
    if (first == partner) {
      return new Blend<>(first, lambda); // whatever lambda is
    }
    if (!Shapes.areEqual(first, partner)) {
      return new Blend<>(CanvasBlend.blend(first, partner, lambda), lambda);
    }
    byte[] mixed = Image.allocate(first.height(), first.width());
    blend(first.rgb(), partner.rgb(), mixed, first.sizeBytes(), lambda.weight());
    return new Blend<>(new Image(first.height(), first.width(), mixed), lambda);
  }

  /** Apart and over plain arrays, so that the JIT compiler makes SIMD code of the loop. */
  private static void blend(byte[] first, byte[] partner, byte[] mixed, int count, int weight) {
    int other = Lambda.ONE - weight;
    for (int i = 0; i < count; i++) {
      int sum = (first[i] & 0xFF) * weight + (partner[i] & 0xFF) * other;
      mixed[i] = (byte) ((sum + 32767 + ((sum >>> 16) & 1)) >>> 16);
    }
  }
}
