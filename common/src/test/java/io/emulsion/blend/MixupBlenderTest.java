package io.emulsion.blend;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.lambda.Lambda;
import io.emulsion.natives.NativePixels;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Image;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Rint;
import org.nd4j.linalg.factory.Nd4j;

class MixupBlenderTest {
  private static final int PAIRS = 256 * 256;
  private static final Values FIRST = i -> i / 256;
  private static final Values PARTNER = i -> i % 256;

  private final Blender<NativePixels> blender = new MixupBlender();

  /**
   * Every {@code a} beside every {@code b}: value {@code i} is {@code i / 256} or {@code i % 256}.
   */
  private final Image everyFirst = image(FIRST);

  private final Image everyPartner = image(PARTNER);

  private interface Values {
    int at(int index);
  }

  /** 1 x 21846 pixels: the least that hold all pairs; values wrap around behind them. */
  private static Image image(Values values) {
    byte[] rgb = Image.allocate(1, 21846);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values.at(i % PAIRS);
    }
    return new Image(1, 21846, rgb);
  }

  private static Image pixel(int... rgb) {
    return new Image(1, 1, new byte[] {(byte) rgb[0], (byte) rgb[1], (byte) rgb[2]});
  }

  /** Both ends, the middle, and weights of all kinds between. */
  private static int[] weights(int step) {
    return IntStream.concat(
            IntStream.of(1, 2, 255, 256, 257, 16384, 32767, 32768, 32769, 65534, 65535, 65536),
            IntStream.iterate(0, weight -> weight <= Lambda.ONE, weight -> weight + step))
        .toArray();
  }

  @Test
  void roundsAsNumpyRintForEveryPairOfValues() {
    for (int weight : weights(131)) {
      byte[] mixed = blender.blend(everyFirst, everyPartner, new Lambda(weight)).mixed().toBytes();
      double lambda = weight / 65536.0;
      for (int i = 0; i < PAIRS; i++) {
        // Both products and their sum are exact in double, so rint rounds the true value.
        double exact = lambda * FIRST.at(i) + (1 - lambda) * PARTNER.at(i);
        if ((mixed[i] & 0xFF) != (int) Math.rint(exact)) {
          assertThat(mixed[i] & 0xFF).as("pair %d, weight %d", i, weight).isEqualTo(exact);
        }
      }
    }
  }

  @Test
  void equalsTheFloat32BlendOfNd4jForEveryPairOfValues() {
    INDArray first = Nd4j.create(floats(FIRST));
    INDArray partner = Nd4j.create(floats(PARTNER));
    for (int weight : weights(1009)) {
      byte[] mixed = blender.blend(everyFirst, everyPartner, new Lambda(weight)).mixed().toBytes();
      float lambda = (float) new Lambda(weight).value();
      float[] expected = rounded(first.mul(lambda).addi(partner.mul(1 - lambda)));
      for (int i = 0; i < PAIRS; i++) {
        if ((mixed[i] & 0xFF) != expected[i]) {
          assertThat((float) (mixed[i] & 0xFF))
              .as("pair %d, weight %d", i, weight)
              .isEqualTo(expected[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 255", "255, 0", "1, 0", "254, 255", "3, 200", "128, 127"})
  void equalsTheFloat32BlendOfNd4jForEveryLambda(int a, int b) {
    float[] lambdas = new float[Lambda.ONE + 1];
    for (int weight = 0; weight <= Lambda.ONE; weight++) {
      lambdas[weight] = (float) new Lambda(weight).value();
    }
    INDArray lambda = Nd4j.create(lambdas);
    float[] expected = rounded(lambda.mul(a).addi(lambda.rsub(1).muli(b)));
    for (int weight = 0; weight <= Lambda.ONE; weight++) {
      Blend<NativePixels> blend = blender.blend(pixel(a, a, a), pixel(b, b, b), new Lambda(weight));
      if ((blend.mixed().toBytes()[0] & 0xFF) != expected[weight]) {
        assertThat((float) (blend.mixed().toBytes()[0] & 0xFF)).isEqualTo(expected[weight]);
      }
    }
  }

  private static float[] rounded(INDArray values) {
    assertThat(values.dataType()).isEqualTo(DataType.FLOAT);
    return Nd4j.getExecutioner().exec(new Rint(values, values.ulike())).toFloatVector();
  }

  private static float[] floats(Values values) {
    float[] floats = new float[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      floats[i] = values.at(i);
    }
    return floats;
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 2, 2", "2, 3, 2", "3, 4, 4", "254, 255, 254", "0, 255, 128"})
  void roundsHalfToEven(int a, int b, int mixed) {
    Blend<NativePixels> blend = blender.blend(pixel(a, b, 0), pixel(b, a, 0), new Lambda(32768));
    assertThat(blend.mixed().toBytes()[0] & 0xFF).isEqualTo(mixed);
    assertThat(blend.mixed().toBytes()[1] & 0xFF).isEqualTo(mixed);
  }

  @Test
  void theEndsAreTheImagesThemselves() {
    Image first = pixel(1, 128, 255);
    Image partner = pixel(200, 0, 7);
    assertThat(blender.blend(first, partner, Lambda.UNMIXED).mixed().toBytes())
        .startsWith(first.rgb());
    assertThat(blender.blend(first, partner, new Lambda(0)).mixed().toBytes())
        .startsWith(partner.rgb());
  }

  @Test
  void allOfTheLambdaGoesIn() {
    Lambda lambda = new Lambda(12_345);
    Blend<NativePixels> blend = blender.blend(pixel(1, 2, 3), pixel(4, 5, 6), lambda);
    assertThat(blend.lambda()).isEqualTo(lambda);
  }

  @Test
  void changesNeitherImage() {
    Image first = pixel(1, 2, 3);
    Image partner = pixel(250, 251, 252);
    blender.blend(first, partner, new Lambda(30_000));
    assertThat(first.rgb()).containsExactly(1, 2, 3);
    assertThat(partner.rgb()).containsExactly(250, 251, 252);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 3, 3, 2",
    "3, 2, 2, 3",
    "2, 3, 2, 7",
    "2, 7, 2, 3",
    "5, 3, 4, 3",
    "4, 3, 5, 3",
    "1, 1, 40, 50",
    "40, 50, 1, 1",
    "33, 20, 32, 19",
    "8, 8, 8, 8"
  })
  void mixesUnequalShapesOnOneCanvasWithBothAtItsTopLeft(int h1, int w1, int h2, int w2) {
    Random random = new Random(h1 * 1000L + w2);
    Image first = noise(h1, w1, random);
    Image partner = noise(h2, w2, random);
    for (int weight : new int[] {0, 1, 12_345, 32_768, 54_321, 65_535, 65_536}) {
      Image mixed = TestPixels.image(blender.blend(first, partner, new Lambda(weight)).mixed());
      assertThat(mixed.height()).isEqualTo(Math.max(h1, h2));
      assertThat(mixed.width()).isEqualTo(Math.max(w1, w2));
      assertThat(mixed.rgb()).startsWith(onCanvas(first, partner, weight / 65536.0));
    }
  }

  @Test
  void whatItHoldsOfThePairBeforeNeverShows() {
    Random random = new Random(11);
    Image[] images = {noise(5, 4, random), noise(5, 4, random), noise(6, 3, random)};
    for (int i = 0; i < 200; i++) {
      Image first = images[random.nextInt(3)];
      Image partner = images[random.nextInt(3)];
      Lambda lambda = new Lambda(random.nextInt(65_537));
      try (MixupBlender fresh = new MixupBlender()) {
        assertThat(blender.blend(first, partner, lambda).mixed().toBytes())
            .isEqualTo(fresh.blend(first, partner, lambda).mixed().toBytes());
      }
    }
  }

  private static Image noise(int height, int width, Random random) {
    byte[] rgb = Image.allocate(height, width);
    random.nextBytes(rgb);
    return new Image(height, width, rgb);
  }

  /** GluonCV's MixupDetection in doubles, which hold each product exactly; half to even. */
  private static byte[] onCanvas(Image first, Image partner, double lambda) {
    int height = Math.max(first.height(), partner.height());
    int width = Math.max(first.width(), partner.width());
    double[] canvas = new double[height * width * 3];
    add(canvas, width, first, lambda);
    add(canvas, width, partner, 1 - lambda);
    byte[] mixed = new byte[canvas.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) Math.rint(canvas[i]);
    }
    return mixed;
  }

  private static void add(double[] canvas, int width, Image image, double share) {
    for (int i = 0; i < image.sizeBytes(); i++) {
      int y = i / (image.width() * 3);
      canvas[y * width * 3 + i % (image.width() * 3)] += share * (image.rgb()[i] & 0xFF);
    }
  }
}
