package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.config.ConfigReader;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskMemoryTest {
  private static final double MB = 1 << 20;

  /** The configuration of {@code settings}, divided by blanks. */
  static EmulsionConfig config(String settings) {
    List<Setting> overrides = new ArrayList<>();
    overrides.add(Setting.input(List.of("in")));
    overrides.add(Setting.output("out"));
    for (String setting : settings.split(" ", -1)) {
      overrides.add(Setting.set(setting));
    }
    return ConfigReader.read(null, overrides);
  }

  @ParameterizedTest
  @CsvSource({
    // one view in a ring wants no image twice
    "mix.views=1, 0",
    "mix.views=4 mix.views-per-pass=1, 0",
    // 384 images of 256 x 256 pixels
    "mix.views=4, 72",
    "mix.views=1 mix.partner=other-class, 72",
    "mix.views=1 mix.scope=batch, 72",
    // less where blocks or images are smaller, never more than the cache
    "mix.views=2 mix.block-samples=64, 18",
    "mix.views=2 image.size=128, 18",
    "mix.views=2 image.size=1024, 256",
    "mix.views=2 mix.cache-bytes=10m, 10",
    // sizes are the input's
    "mix.views=2 image.augment=[random-resized-crop], 256"
  })
  void keepsWhatTheViewsOfABlockWantAgain(String settings, double megabytes) {
    assertThat(TaskMemory.of(config(settings)).keptBytes()).isEqualTo(megabytes * MB);
  }

  @ParameterizedTest
  @CsvSource({
    "read.in-flight=1, 16.5",
    "read.in-flight=16, 20.25",
    "read.in-flight=256, 80.25",
    "mix.views=4 output.format=parquet, 276",
    "mix.views=4 output.format=[parquet], 276",
    "mix.views=100 mix.views-per-pass=2 output.format=parquet, 148",
    "mix.views=4 output.format=[tfrecord;parquet], 277"
  })
  void holdsReadsAheadAndAFileForEachViewAndFormat(String settings, double megabytes) {
    assertThat(TaskMemory.of(config(settings.replace(';', ','))).otherHeapBytes())
        .isEqualTo(megabytes * MB);
  }

  @Test
  void aSampleOfTheInputMakesItExact() {
    EmulsionConfig config = config("mix.views=2");
    TaskMemory task = TaskMemory.of(config, 100 * 100 * 3, 5 * MB);
    assertThat(task.keptBytes()).isEqualTo(384.0 * 100 * 100 * 3);
    assertThat(task.otherHeapBytes()).isEqualTo(TaskMemory.of(config).otherHeapBytes() + 5 * MB);
    assertThat(task.bytes()).isEqualTo(task.heapBytes() + task.nativeBytes());
  }
}
