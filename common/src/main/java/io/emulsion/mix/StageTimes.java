package io.emulsion.mix;

import java.io.Serializable;
import java.util.HashMap;

/** Nanoseconds spent in each {@link Stage}. Not thread-safe. */
public final class StageTimes implements Serializable {
  private static final long serialVersionUID = 1;

  /** No EnumMap: Kryo 4 writes one but cannot read it. */
  private final HashMap<Stage, Long> nanos = new HashMap<>();

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
