package io.emulsion.spark.source;

import java.util.List;

/** What this package's tasks are given and give back, one object or a few for each task. */
public final class WireClasses {
  private WireClasses() {}

  /** All of them {@link java.io.Serializable}. */
  public static List<Class<?>> all() {
    return List.of(Annotated.class, ClassFolder.class, InputSample.class, Listed.class, Scan.class);
  }
}
