package io.emulsion.annotation;

/** What is done about a {@link Mismatch}. */
public enum BadBoxes {
  /** A box that reaches out of its image is clipped; what cannot be mended is left out. */
  CLIP,
  /** Whatever does not fit is left out, its image stays in. */
  DROP,
  /** The first one ends the job. */
  FAIL
}
