package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import org.apache.spark.SparkConf;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorMemoryTest {
  private static final long MB = 1 << 20;

  /** 72 MB of kept images and 28 MB besides in the heap, 16 MB outside. */
  private static final TaskMemory TASK = new TaskMemory(72 * MB, 28 * MB, 16 * MB);

  /** Of {@code settings}, divided by blanks. */
  private static ExecutorMemory of(String settings) {
    SparkConf conf = new SparkConf(false);
    for (String setting : settings.split(" ", -1)) {
      String[] pair = setting.split("=", 2);
      conf.set(pair[0], pair[1]);
    }
    return ExecutorMemory.of(conf);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.master=local[8], LOCAL, 1, 1024, 0",
    "spark.master=local, LOCAL, 1, 1024, 0",
    "spark.master=spark://host:7077, PROCESS, 1, 1024, 0",
    "spark.master=spark://host:7077 spark.executor.cores=4, PROCESS, 4, 1024, 0",
    "spark.master=yarn, CONTAINER, 1, 1024, 384",
    "spark.master=yarn spark.executor.memory=8g, CONTAINER, 1, 8192, 819",
    "spark.master=yarn spark.executor.memory=2048, CONTAINER, 1, 2048, 384",
    "spark.master=yarn spark.executor.cores=4 spark.task.cpus=2, CONTAINER, 2, 1024, 384",
    "spark.master=yarn spark.executor.cores=1 spark.task.cpus=2, CONTAINER, 1, 1024, 384",
    "spark.master=yarn spark.executor.memoryOverhead=1g, CONTAINER, 1, 1024, 1024",
    "spark.master=yarn spark.executor.memoryOverhead=100, CONTAINER, 1, 1024, 100",
    "spark.master=yarn spark.executor.memoryOverheadFactor=0.5, CONTAINER, 1, 1024, 512",
    "spark.master=yarn spark.executor.minMemoryOverhead=1g, CONTAINER, 1, 1024, 1024",
    "spark.master=k8s://https://host, CONTAINER, 1, 1024, 384",
    "spark.master=k8s://https://host spark.kubernetes.memoryOverheadFactor=0.4, CONTAINER, 1, 1024,"
        + " 409"
  })
  void isWhatSparkMakesOfItsSettings(
      String settings, ExecutorMemory.Kind kind, int tasks, long heap, long overhead) {
    ExecutorMemory executor = of(settings);
    assertThat(executor.kind()).isEqualTo(kind);
    assertThat(executor.tasks()).isEqualTo(tasks);
    assertThat(executor.heapBytes() / MB).isEqualTo(heap);
    assertThat(executor.overheadBytes() / MB).isEqualTo(overhead);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.master=yarn",
        "spark.master=yarn spark.executor.cores=4",
        "spark.master=k8s://https://host spark.executor.cores=7",
        "spark.master=spark://host:7077 spark.executor.cores=8",
        "spark.master=yarn spark.executor.cores=16 spark.executor.memory=3g"
            + " spark.executor.memoryOverhead=1g"
      })
  void takesWhatFits(String settings) {
    assertThatCode(() -> of(settings).check(TASK)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host", "spark://host:7077"})
  void refusesMoreThanTheHeapHoldsAndSaysWhatWouldFit(String master) {
    ExecutorMemory executor = of("spark.executor.cores=9 spark.master=" + master);
    assertThatThrownBy(() -> executor.check(TASK))
        .hasMessage(
            "9 tasks at once would take 1,050 MB of heap with these options, but an executor has"
                + " 1,024 MB: set --executor-memory 1792m, or --executor-cores 8, or"
                + " mix.cache-bytes to 69m")
        .asInstanceOf(InstanceOfAssertFactories.type(EmulsionException.class))
        .extracting(EmulsionException::exitCode)
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void givesNoAdviceThatDoesNotHelp() {
    ExecutorMemory executor = of("spark.master=yarn");
    assertThatThrownBy(() -> executor.check(new TaskMemory(0, 2000 * MB, 0)))
        .hasMessage(
            "1 task at once would take 2,150 MB of heap with these options, but an executor has"
                + " 1,024 MB: set --executor-memory 3328m");
  }

  @Test
  void whatItAdvisesFits() {
    of("spark.master=spark://host:7077 spark.executor.cores=9 spark.executor.memory=1792m")
        .check(TASK);
    of("spark.master=spark://host:7077 spark.executor.cores=8").check(TASK);
    TaskMemory smaller = new TaskMemory(69 * MB, 28 * MB, 16 * MB);
    of("spark.master=spark://host:7077 spark.executor.cores=9").check(smaller);
  }

  @Test
  void refusesMoreThanTheContainerHoldsOutsideOfTheHeap() {
    String settings = "spark.master=yarn spark.executor.memory=4g spark.executor.cores=";
    assertThatThrownBy(() -> of(settings + "16").check(TASK))
        .hasMessage(
            "16 tasks at once would take 516 MB outside of the heap, but an executor's container has"
                + " 410 MB there: set spark.executor.memoryOverhead=768m, or --executor-cores 9");
    of(settings + "16 spark.executor.memoryOverhead=768m").check(TASK);
    of(settings + "9").check(TASK);
  }

  @Test
  void aDriverThatRunsTheTasksAndAProcessAreNotHeldToWhatNobodyEnforces() {
    TaskMemory large = new TaskMemory(0, 100_000 * MB, 100_000 * MB);
    of("spark.master=local[8]").check(large);
    of("spark.master=spark://host:7077").check(new TaskMemory(0, MB, 100_000 * MB));
  }

  @Test
  void refusesASizeThatSparkCannotRead() {
    assertThatThrownBy(() -> of("spark.master=yarn spark.executor.memory=3GByte"))
        .hasMessageStartingWith("A Spark setting of the executors' size cannot be read: ")
        .hasMessageContaining("spark.executor.memory");
  }
}
