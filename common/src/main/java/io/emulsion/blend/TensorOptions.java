package io.emulsion.blend;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;
import java.util.List;

/**
 * How float32 pixels are normalised: {@code (value - mean) / std}, value in {@code [0, 1]}.
 *
 * @param mean of red, green and blue, each in {@code [0, 1]}
 * @param std of red, green and blue, each in {@code [0.0001, 1]}
 */
public record TensorOptions(List<Double> mean, List<Double> std) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double LEAST_STD = 0.0001;

  /** Leaves {@code [0, 1]} as it is. */
  public static final TensorOptions NONE =
      new TensorOptions(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  public TensorOptions {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    check("output.mean", mean, 0);
    check("output.std", std, LEAST_STD);
  }

  private static void check(String key, List<Double> values, double least) {
    option(
        values.size() == 3,
        "%s must be one number or three, for red, green and blue, but has %s",
        key,
        values.size());
    for (double value : values) {
      option(
          value >= least && value <= 1,
          "%s must be from %s to 1, as pixels are from 0 to 1, but is %s",
          key,
          least == 0 ? "0" : "0.0001",
          value);
    }
  }
}
