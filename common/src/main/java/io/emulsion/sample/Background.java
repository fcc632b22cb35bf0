package io.emulsion.sample;

/** What shows where an image does not cover: under its alpha and around a letterbox. */
public enum Background {
  BLACK(0),
  WHITE(255);

  private final int level;

  Background(int level) {
    this.level = level;
  }

  /** Of red, green and blue alike, in {@code [0, 255]}. */
  public int level() {
    return level;
  }
}
