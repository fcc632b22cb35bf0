package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each file-system call of a small job fails in turn, with no task tried twice. With {@code
 * -Demulsion.sweep=full} all of them do, else some.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractCallFailsTest {
  private Path mixed = Path.of("");
  private List<String> command = List.of();
  private String hash = "";

  /** Draws the input and gives the command that mixes it, in two views. */
  abstract List<String> draw(Path photos, Path output) throws IOException;

  /** Which calls fail where not all do: each so manieth. */
  abstract int stride();

  /** The first folder of the output's format. */
  abstract String format();

  /** How long it takes to open an input. Where that is long, inputs are read ahead. */
  long openMillis() {
    return 0;
  }

  @BeforeAll
  void makeOnce(@TempDir Path folder) throws IOException {
    LocalSpark.start("local[2]");
    mixed = folder.resolve("mixed");
    command = draw(folder.resolve("photos"), mixed);
    Faults.clear();
    Ran.command(command).ended();
    hash = Folders.dataHash(mixed);
  }

  @AfterAll
  void stop() {
    Faults.clear();
    LocalSpark.stop();
  }

  /** Only a stranger's file is there. */
  @ParameterizedTest
  @EnumSource(names = {"FAIL", "FAIL_AFTER"})
  void theSameCommandThenMakesTheDataSet(Action action) throws IOException {
    sweep(action, 1, "");
  }

  /** A data set is there already, but not whole, so that it is replaced. */
  @ParameterizedTest
  @EnumSource(names = {"FAIL", "FAIL_AFTER"})
  void theSameCommandThenMendsTheDataSet(Action action) throws IOException {
    sweep(action, 1 + stride() / 2, "labels.txt");
  }

  private void sweep(Action action, int first, String removed) throws IOException {
    boolean full = System.getProperty("emulsion.sweep", "").equals("full");
    List<String> broken = new ArrayList<>();
    boolean struck = true;
    int swept = 0;
    int mostAtOnce = 0;
    for (int k = first; struck; k += full ? 1 : stride()) {
      makeReady(removed);
      Fault fault = Fault.of(action, k, "");
      Faults.set(fault);
      Faults.slow("open .*/photos/", openMillis());
      Ran failed = Ran.command(command);
      List<String> calls = Faults.calls();
      mostAtOnce = Math.max(mostAtOnce, Faults.mostSlowAtOnce());
      Faults.clear();
      struck = fault.struck();
      swept += struck ? 1 : 0;
      try {
        checkPromise(failed);
      } catch (AssertionError e) {
        String call = struck ? calls.get(k - 1) : "none";
        broken.add(String.format("%nCall %d, %s%n%s%n%s", k, call, failed, e.getMessage()));
      }
    }
    System.out.printf("%s: %d calls of a job failed in turn%n", action, swept);
    assertThat(broken).isEmpty();
    assertThat(swept).isGreaterThan(8);
    assertThat(mostAtOnce).as("inputs opened at once").isGreaterThan(openMillis() > 0 ? 1 : 0);
  }

  /** Makes the data set where there is none, and removes a part or, for "", all of it. */
  private void makeReady(String removed) throws IOException {
    if (removed.isEmpty() || Ran.command(command).exitCode() != 0) {
      FileUtils.deleteDirectory(mixed.toFile());
    }
    TestImages.file(mixed.resolve(format() + "/view-000/notes.txt"), "mine");
    if (!removed.isEmpty()) {
      Ran.command(command).ended();
      Files.delete(mixed.resolve(removed));
    }
  }

  private void checkPromise(Ran failed) throws IOException {
    List<String> lines = failed.complaints();
    if (failed.exitCode() == 0) {
      assertThat(lines).isEmpty();
      assertThat(mixed.resolve(DataSetPaths.MANIFEST)).exists();
    } else {
      assertThat(failed.exitCode()).isIn(5, 6);
      assertThat(lines).singleElement().asString().contains("on purpose");
    }
    if (Files.exists(mixed.resolve(DataSetPaths.MANIFEST))
        && Files.exists(mixed.resolve(DataSetPaths.LABELS))) {
      Ran.command("verify", mixed.toString()).ended();
    }
    assertThat(mixed.resolve(format() + "/view-000/notes.txt")).hasContent("mine");
    Ran.command(command).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(mixed.resolve(DataSetPaths.TEMPORARY_FOLDER)).doesNotExist();
    assertThat(mixed.resolve(DataSetPaths.PUBLISHING)).doesNotExist();
  }
}
