package io.emulsion.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real sets beside the repository; tests that need them are skipped elsewhere, not in CI. */
public final class RealSets {
  private static final Path ROOT = Path.of("../../shared/data");

  private RealSets() {}

  /** The folder of a set. */
  public static Path folder(String set) {
    Path folder = ROOT.resolve(set).toAbsolutePath().normalize();
    boolean present = Files.isDirectory(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s exists", folder).isTrue();
    }
    assumeTrue(present, () -> "No real images at " + folder);
    return folder;
  }
}
