package io.emulsion.shard;

import io.emulsion.error.EmulsionException;
import java.util.List;
import java.util.ServiceLoader;

/** The formats on the class path. */
public final class ShardFormats {
  private ShardFormats() {}

  /** Their names, sorted. */
  public static List<String> names() {
    return load().stream().map(ShardFormat::name).sorted().toList();
  }

  /**
   * The format called {@code name}.
   *
   * @throws EmulsionException (usage) if there is none
   */
  public static ShardFormat named(String name) {
    return load().stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                EmulsionException.usage(
                    "output.format must be one of %s, but is '%s'", names(), name));
  }

  private static List<ShardFormat> load() {
    // This class's own loader: the jar may be known to Spark's loader alone.
    return ServiceLoader.load(ShardFormat.class, ShardFormats.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
