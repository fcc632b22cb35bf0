package io.emulsion.mix;

import java.io.Serializable;
import java.util.EnumMap;

/** Nanoseconds spent in each {@link Stage}. Not thread-safe. */
public final class StageTimes implements Serializable {
  private static final long serialVersionUID = 1;

  private final EnumMap<Stage, Long> nanos = new EnumMap<>(Stage.class);

  /** Adds the time since {@code started}, a {@link System#nanoTime}; returns the time now. */
  public long add(Stage stage, long started) {
    long now = System.nanoTime();
    addNanos(stage, now - started);
    return now;
  }

  /** Adds {@code duration} nanoseconds. */
  public void addNanos(Stage stage, long duration) {
    nanos.merge(stage, duration, Long::sum);
  }

  public void add(StageTimes other) {
    other.nanos.forEach(this::addNanos);
  }

  public long nanos(Stage stage) {
    return nanos.getOrDefault(stage, 0L);
  }
}
