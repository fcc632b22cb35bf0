package io.emulsion.blend;

import io.emulsion.lambda.Lambda;
import io.emulsion.sample.Image;
import io.emulsion.tensor.Tensors;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mixup to {@code float32} values, {@code [height, width, 3]} row by row: {@code ((s / 65536) / 255
 * - mean) / std} in this order, of the unrounded {@code s = first * weight + partner * (65536 -
 * weight)}. By ND4J one operation at a time, each rounded once, so the bits are those of plain
 * Java. Every {@code s} is a whole number below 2^24: exact in {@code float32}.
 */
public final class TensorBlender implements Blender<float[]> {
  private static final float MOST = 255;

  private final float[] mean;
  private final float[] std;

  public TensorBlender(TensorOptions options) {
    this.mean = floats(options.mean());
    this.std = floats(options.std());
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  @Override
  public Blend<float[]> blend(Image first, Image partner, Lambda lambda) {
    int height = Math.max(first.height(), partner.height());
    int width = Math.max(first.width(), partner.width());
    Image a = Shapes.padded(first, height, width);
    Image b = Shapes.padded(partner, height, width);
    return new Blend<>(
        Tensors.floats("blend", () -> normalised(sum(a, b, lambda.weight()))), lambda);
  }

  private static INDArray sum(Image first, Image partner, int weight) {
    return pixels(first).muli(weight).addi(pixels(partner).muli(Lambda.ONE - weight));
  }

  private static INDArray pixels(Image image) {
    byte[] rgb = image.rgb();
    float[] values = new float[image.sizeBytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rgb[i] & 0xFF;
    }
    return Nd4j.createFromArray(values).reshape(-1, 3);
  }

  private INDArray normalised(INDArray sum) {
    return sum.divi((float) Lambda.ONE)
        .divi(MOST)
        .subiRowVector(Nd4j.createFromArray(mean))
        .diviRowVector(Nd4j.createFromArray(std));
  }

  @Override
  public void close() {
    // ND4J's workspaces belong to the thread.
  }
}
