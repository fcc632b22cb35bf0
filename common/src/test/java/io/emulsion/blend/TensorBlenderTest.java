package io.emulsion.blend;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorBlenderTest {
  private static final TensorOptions IMAGENET =
      new TensorOptions(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  private static Image image(int height, int width, long seed) {
    byte[] rgb = Image.allocate(height, width);
    new Random(seed).nextBytes(rgb);
    return new Image(height, width, rgb);
  }

  private static float[] plainJava(Image first, Image partner, int weight, TensorOptions options) {
    float[] values = new float[first.sizeBytes()];
    for (int i = 0; i < values.length; i++) {
      int sum =
          (first.rgb()[i] & 0xFF) * weight + (partner.rgb()[i] & 0xFF) * (Lambda.ONE - weight);
      float mean = options.mean().get(i % 3).floatValue();
      float std = options.std().get(i % 3).floatValue();
      values[i] = ((sum / 65536f) / 255f - mean) / std;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12_345, 32_767, 32_768, 40_001, 65_535, 65_536})
  void hasTheBitsOfPlainJava(int weight) {
    Image first = image(211, 197, 1);
    Image partner = image(211, 197, 2);
    for (TensorOptions options : List.of(TensorOptions.NONE, IMAGENET)) {
      Blend<float[]> blend = new TensorBlender(options).blend(first, partner, new Lambda(weight));
      assertThat(blend.mixed()).isEqualTo(plainJava(first, partner, weight, options));
      assertThat(blend.lambda()).isEqualTo(new Lambda(weight));
    }
  }

  @Test
  void hasTheBitsOfPlainJavaForImagesOfAllShapes() {
    TensorBlender blender = new TensorBlender(IMAGENET);
    for (int side = 1; side < 60; side++) {
      Image first = image(side, 60 - side, side);
      Image partner = image(side, 60 - side, -side);
      assertThat(blender.blend(first, partner, new Lambda(1000 * side)).mixed())
          .isEqualTo(plainJava(first, partner, 1000 * side, IMAGENET));
    }
  }

  @Test
  void anImageWithItselfStaysItself() {
    Image image = image(5, 7, 3);
    assertThat(new TensorBlender(IMAGENET).blend(image, image, Lambda.UNMIXED).mixed())
        .isEqualTo(plainJava(image, image, Lambda.ONE, IMAGENET));
  }

  @Test
  void takesNoMoreMemoryWithEachBlend() throws Exception {
    TensorBlender blender = new TensorBlender(IMAGENET);
    Image first = image(64, 64, 1);
    Image partner = image(64, 64, 2);
    for (int i = 0; i < 500; i++) {
      blender.blend(first, partner, new Lambda(i));
    }
    long before = residentKilobytes();
    for (int i = 0; i < 5_000; i++) { // of 300 kB in native memory each
      blender.blend(first, partner, new Lambda(i));
    }
    assertThat(residentKilobytes() - before).isLessThan(300_000);
  }

  private static long residentKilobytes() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  @Test
  void mixesUnequalShapesAsIfTheMissingPixelsWereBlack() {
    Image wide = image(2, 5, 1);
    Image high = image(4, 3, 2);
    Lambda lambda = new Lambda(23_456);
    float[] mixed = new TensorBlender(IMAGENET).blend(wide, high, lambda).mixed();
    assertThat(mixed)
        .isEqualTo(new TensorBlender(IMAGENET).blend(onBlack(wide), onBlack(high), lambda).mixed());
  }

  /** 4 x 5 pixels with {@code image} at the top left. */
  private static Image onBlack(Image image) {
    byte[] rgb = new byte[4 * 5 * 3];
    for (int i = 0; i < image.sizeBytes(); i++) {
      int y = i / (image.width() * 3);
      rgb[y * 15 + i % (image.width() * 3)] = image.rgb()[i];
    }
    return new Image(4, 5, rgb);
  }
}
