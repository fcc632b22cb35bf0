package io.emulsion.label;

import io.emulsion.tensor.Tensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code lambda * a + (1 - lambda) * b} of the smoothed one-hot vectors {@code a} and {@code b}: in
 * {@code float64}, by ND4J one operation at a time, rounded to {@code float32} at the end, so the
 * bits are those of plain Java.
 */
final class SoftLabelMerger implements LabelMerger {
  private final int classes;
  private final double on;
  private final double off;

  /**
   * @param smoothing share that is spread evenly over all classes, in {@code [0, 1)}
   */
  SoftLabelMerger(int classes, double smoothing) {
    this.classes = classes;
    this.on = 1 - smoothing + smoothing / classes;
    this.off = smoothing / classes;
  }

  @Override
  public float[] soft(int labelA, int labelB, double lambda) {
    return Tensors.floats("soft", () -> mixed(labelA, labelB, lambda).castTo(DataType.FLOAT));
  }

  private INDArray mixed(int labelA, int labelB, double lambda) {
    return smoothed(labelA).muli(lambda).addi(smoothed(labelB).muli(1 - lambda));
  }

  private INDArray smoothed(int label) {
    return Nd4j.valueArrayOf(new long[] {classes}, off, DataType.DOUBLE).putScalar(label, on);
  }
}
