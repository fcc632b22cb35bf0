package io.emulsion.label;

/** Makes one label of those of a pair. Stateless and thread-safe. */
public interface LabelMerger {
  /**
   * The share of each class; empty where none is asked for.
   *
   * @param labelA class index of the first image, from 0
   * @param labelB class index of the partner, from 0
   * @param lambda the effective share of the first image, in {@code [0, 1]}
   */
  float[] soft(int labelA, int labelB, double lambda);

  /**
   * @param classes how many there are
   */
  static LabelMerger of(LabelOptions options, int classes) {
    return switch (options.soft()) {
      case NONE -> (labelA, labelB, lambda) -> new float[0];
      case FLOAT32 -> new SoftLabelMerger(classes, options.smoothing());
    };
  }
}
