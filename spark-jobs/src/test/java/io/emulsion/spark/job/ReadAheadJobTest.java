package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs in a storage that takes a while to answer, which is when they are read ahead. */
class ReadAheadJobTest extends JobTest {
  private static final String OPENS = "open .*/photos/";

  /** One shard has all 60: one task reads at a time. */
  private void drawMore() throws IOException {
    TestImages.classes(photos, 60);
    TestImages.file(photos.resolve("c/no picture.jpg"), "text");
    TestImages.file(photos.resolve("a/nor this.png"), "text");
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("emulsion-read-ahead");
  }

  @ParameterizedTest
  @CsvSource({
    "1, mix.seed=0",
    "3, mix.seed=0",
    "16, mix.seed=0",
    "3, mix.cache-bytes=0",
    "16, mix.block-samples=7",
    "16, mix.probability=0.5",
    "16, mix.partner=other-class",
    "16, mix.scope=batch",
    "16, mix.views-per-pass=1"
  })
  void readsSoManyInputsAtOnceAndMakesTheSameBytes(int inFlight, String setting)
      throws IOException {
    drawMore();
    mix("--set=read.in-flight=1", "--set=" + setting).ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    Faults.slow(OPENS, 20);
    mix("--set=read.in-flight=" + inFlight, "--set=" + setting).ended();
    int tasks = setting.equals("mix.views-per-pass=1") ? 2 : 1;
    assertThat(Faults.mostSlowAtOnce()).isBetween(inFlight, tasks * inFlight);
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
  }

  @Test
  void everyInputIsOpenedOnceAPass() throws IOException {
    drawMore();
    Faults.slow(OPENS, 5);
    mix().ended();
    assertThat(Faults.calls())
        .filteredOn(call -> call.startsWith("open ") && call.contains("/photos/"))
        .hasSize(62)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"open .*/photos/", "read .*/photos/", "status .*/photos/.*[gG]$"})
  void anInputThatCannotBeReadFailsTheJob(String call) throws IOException {
    drawMore();
    Faults.set(Fault.of(Action.FAIL, 40, call));
    Faults.slow(OPENS, 5);
    mix().refused(5, "on purpose");
    assertThat(mixed).doesNotExist();
    Faults.clear();
    mix().ended();
    verify().ended();
  }
}
