package io.emulsion.shard;

import io.emulsion.error.EmulsionException;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The formats on the class path. */
public final class ShardFormats {
  private ShardFormats() {}

  /** Their names, sorted. */
  public static List<String> names() {
    return Found.FORMATS.stream().map(ShardFormat::name).sorted().toList();
  }

  /**
   * The format called {@code name}.
   *
   * @throws EmulsionException (usage) if there is none
   */
  public static ShardFormat named(String name) {
    return Found.FORMATS.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                EmulsionException.usage(
                    "output.format must be one of %s, but is '%s'", names(), name));
  }

  /** The format called {@code name}; null if there is none. */
  static @Nullable ShardFormat find(String name) {
    return Found.FORMATS.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Looked up once: formats have no state. */
  private static final class Found {
    // This class's own loader: the jar may be known to Spark's loader alone.
    private static final List<ShardFormat> FORMATS =
        ServiceLoader.load(ShardFormat.class, ShardFormats.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }
}
