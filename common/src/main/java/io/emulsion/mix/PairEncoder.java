package io.emulsion.mix;

import io.emulsion.blend.Blend;
import io.emulsion.blend.Blender;
import io.emulsion.blend.MixupBlender;
import io.emulsion.blend.TensorBlender;
import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.ImageFormat;
import io.emulsion.codec.PlainBytes;
import io.emulsion.lambda.Lambda;
import io.emulsion.natives.NativePixels;
import io.emulsion.sample.Image;
import java.util.function.Function;

/** Makes of two images the bytes that a record holds: blends, then encodes. Not thread-safe. */
final class PairEncoder<T> implements AutoCloseable {
  private final Blender<T> blender;
  private final Function<T, byte[]> encoder;
  private final StageTimes times;

  private PairEncoder(Blender<T> blender, Function<T, byte[]> encoder, StageTimes times) {
    this.blender = blender;
    this.encoder = encoder;
    this.times = times;
  }

  /** For the encoding that is asked for. */
  static PairEncoder<?> of(MixOptions options, ImageCodec codec, StageTimes times) {
    int quality = options.encoding().quality();
    return switch (options.encoding().encoding()) {
      case JPEG -> ofPixels(pixels -> codec.encode(pixels, ImageFormat.JPEG, quality), times);
      case PNG -> ofPixels(pixels -> codec.encode(pixels, ImageFormat.PNG, quality), times);
      case RAW -> ofPixels(NativePixels::toBytes, times);
      case FLOAT32 -> new PairEncoder<>(new TensorBlender(options.tensor()), PlainBytes::of, times);
    };
  }

  private static PairEncoder<NativePixels> ofPixels(
      Function<NativePixels, byte[]> encoder, StageTimes times) {
    return new PairEncoder<>(new MixupBlender(), encoder, times);
  }

  /**
   * @param lambda wanted share of {@code first}
   * @return the bytes, with the effective lambda
   */
  Blend<byte[]> encode(Image first, Image partner, Lambda lambda) {
    long started = System.nanoTime();
    Blend<T> blend = blender.blend(first, partner, lambda);
    started = times.add(Stage.BLEND, started);
    byte[] bytes = encoder.apply(blend.mixed());
    times.add(Stage.ENCODE, started);
    return new Blend<>(bytes, blend.lambda());
  }

  @Override
  public void close() {
    blender.close();
  }
}
