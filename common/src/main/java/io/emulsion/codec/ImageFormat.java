package io.emulsion.codec;

/** The compressed formats, which images are read from and can be written to. */
public enum ImageFormat {
  JPEG("jpeg"),
  PNG("png");

  private final String label;

  ImageFormat(String label) {
    this.label = label;
  }

  /** Lower-case name as options and records have it. */
  public String label() {
    return label;
  }
}
