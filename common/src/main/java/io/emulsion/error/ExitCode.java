package io.emulsion.error;

/** How a command ends; the numbers are part of the command's contract with schedulers. */
public enum ExitCode {
  DONE(0),
  UNEXPECTED(1),
  USAGE(2),
  BAD_INPUTS(3),
  OUTPUT_CONFLICT(4),
  STORAGE(5),
  PUBLISH_UNKNOWN(6),
  DAMAGED(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
