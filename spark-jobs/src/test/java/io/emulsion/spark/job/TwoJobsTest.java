package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two jobs on one output, the second at each step of the first's driver: one publishes, one is
 * refused. {@link KilledAndResumedTest} has the second while tasks of the first run.
 */
class TwoJobsTest extends JobTest {
  private static final String OTHER = "--set=mix.seed=1";

  private String ours = "";
  private String theirs = "";

  @BeforeEach
  void makeBoth() throws IOException {
    mix().ended();
    ours = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    mix(OTHER).ended();
    theirs = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
  }

  private static List<Path> claims(Path output) throws IOException {
    if (!Files.exists(output.resolve("_emulsion"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(output.resolve("_emulsion"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("claim")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list .*/photos$",
        "close .*/job.json",
        "create .*/publishing.json",
        "rename .*/publishing.json",
        "create .*/labels.txt",
        "create .*/report.json",
        "rename .*/manifest.json",
        "open .*/report.json",
        "delete .*/publishing.json"
      })
  void theSecondIsRefusedAndTheFirstPublishes(String step) throws IOException {
    List<Ran> second = new ArrayList<>();
    Faults.set(Fault.run(1, step, () -> second.add(mix(OTHER))));
    Ran first = mix();
    Faults.clear();
    assertThat(second).as("runs at %s", step).hasSize(1);
    first.ended();
    assertThat(first.err()).isEmpty();
    second
        .get(0)
        .refused(4, "is being written by another run (process ", "wait until it has ended");
    assertThat(Folders.dataHash(mixed)).isEqualTo(ours);
    verify().ended();
    assertThat(claims(mixed)).isEmpty();
  }

  @Test
  void theFirstFindsWhatOneBeforeItsClaimMade() throws IOException {
    List<Ran> second = new ArrayList<>();
    Faults.set(Fault.run(1, "create .*/claim-", () -> second.add(mix(OTHER))));
    Ran first = mix();
    Faults.clear();
    second.get(0).ended();
    first.refused(4, "holds a data set that was made with other options or inputs");
    assertThat(Folders.dataHash(mixed)).isEqualTo(theirs);
    assertThat(claims(mixed)).isEmpty();
  }

  @Test
  void aFailedRunGivesItsClaimUp() throws IOException {
    Faults.set(Fault.of(Action.FAIL, 1, "open .*/photos/.*jpg"));
    mix().refused(5, "on purpose");
    Faults.clear();
    assertThat(claims(mixed)).isEmpty();
    mix(OTHER).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(theirs);
  }

  /** As where its machine stood still, and another run took over and is publishing. */
  @Test
  void aRunWhoseClaimWasTakenAwayPublishesNothing() {
    Faults.set(
        Fault.run(
            1,
            "close .*/done/",
            () -> {
              try {
                for (Path claim : claims(mixed)) {
                  Files.delete(claim);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
    mix().refused(4, "was taken over by another run");
    assertThat(manifest()).doesNotExist();
    assertThat(publishing()).doesNotExist();
    Faults.clear();
    mix().ended();
  }
}
