package io.emulsion.annotation;

/** Ways in which an annotation does not fit its images. */
public enum Mismatch {
  ANNOTATION_WITHOUT_IMAGE("annotations without an image"),
  IMAGE_WITHOUT_FILE("annotated images without a file"),
  DUPLICATE("things annotated twice"),
  OUTSIDE("boxes that reach out of their image"),
  NO_AREA("boxes without an area"),
  NOT_A_NUMBER("boxes with a corner that is no number"),
  UNKNOWN_CATEGORY("boxes of an unknown category"),
  BAD_MASK("masks that do not fit their image");

  private final String plural;

  Mismatch(String plural) {
    this.plural = plural;
  }

  /** As counts are labelled. */
  public String plural() {
    return plural;
  }
}
