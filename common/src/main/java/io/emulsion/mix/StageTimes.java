package io.emulsion.mix;

import java.io.Serializable;

/** Nanoseconds spent in each {@link Stage}. Not thread-safe. */
public final class StageTimes implements Serializable {
  private static final long serialVersionUID = 1;

  /** By the stage's ordinal. */
  private final long[] nanos = new long[Stage.values().length];

  /** Adds the time since {@code started}, a {@link System#nanoTime}; returns the time now. */
  public long add(Stage stage, long started) {
    long now = System.nanoTime();
    addNanos(stage, now - started);
    return now;
  }

  /** Adds {@code duration} nanoseconds. */
  public void addNanos(Stage stage, long duration) {
    nanos[stage.ordinal()] += duration;
  }

  public void add(StageTimes other) {
    for (Stage stage : Stage.values()) {
      addNanos(stage, other.nanos(stage));
    }
  }

  public long nanos(Stage stage) {
    return nanos[stage.ordinal()];
  }
}
