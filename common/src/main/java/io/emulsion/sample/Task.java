package io.emulsion.sample;

/** What the labels of a data set are. */
public enum Task {
  /** A class for each image. */
  CLASSIFICATION,
  /** Boxes on each image, each of a class; or none. */
  DETECTION
}
