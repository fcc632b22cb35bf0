package io.emulsion.sample;

import java.io.Serializable;

/**
 * An input as the snapshot lists it.
 *
 * @param id unique in the input
 * @param root number of the input path it lies under, from 0
 * @param sizeBytes its length when listed
 * @param modifiedMillis its modification time when listed
 * @param label its class index, from 0; 0 in detection
 * @param annotation its boxes; {@link Annotation#NONE} in classification
 */
public record ImageReference(
    ImageId id, int root, long sizeBytes, long modifiedMillis, int label, Annotation annotation)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** An input of a classification. */
  public ImageReference(ImageId id, int root, long sizeBytes, long modifiedMillis, int label) {
    this(id, root, sizeBytes, modifiedMillis, label, Annotation.NONE);
  }
}
