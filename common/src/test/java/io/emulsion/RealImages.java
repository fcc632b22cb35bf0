package io.emulsion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real images beside the repository; tests that need them are skipped elsewhere, not in CI. */
public final class RealImages {
  private static final Path ROOT = Path.of("../../shared/data");

  private RealImages() {}

  /** The folder of a set. */
  public static Path folder(String set) {
    Path folder = ROOT.resolve(set);
    boolean present = Files.isDirectory(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s exists", folder).isTrue();
    }
    assumeTrue(present, () -> "No real images at " + folder);
    return folder;
  }

  /** Every {@code step}-th file below a set's folder, by name. */
  public static List<Path> files(String set, int step) throws IOException {
    try (Stream<Path> paths = Files.walk(folder(set))) {
      List<Path> all =
          paths.filter(path -> path.toString().matches(".*\\.(jpg|JPEG|png)")).sorted().toList();
      return Stream.iterate(0, i -> i < all.size(), i -> i + step).map(all::get).toList();
    }
  }
}
