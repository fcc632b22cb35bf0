package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.LocalSpark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that fail and are tried again, up to four times. */
class RetriesTest extends JobTest {
  @BeforeAll
  static void startSparkWithRetries() {
    LocalSpark.start("local[2,4]");
  }

  /** In the listing, in reading, in writing; the last one when all but the commit was done. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "list .*photos/b",
        "close .*/references-",
        "open .*/references-",
        "read .*/b/4.jpg",
        "status .*/c/8.jpg",
        "create .*/task-.*tfrecord",
        "close .*/task-.*view-001.*tfrecord",
        "close .*/fragment.jsonl"
      })
  void aTaskThatFailedOnceMakesTheSameBytes(String call) throws IOException {
    mix().ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    Fault fault = Fault.of(Action.FAIL_AFTER, 1, call);
    Faults.set(fault);
    assertThat(mix().ended().err()).isEmpty();
    assertThat(fault.struck()).isTrue();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
  }

  @Test
  void aTaskMayFailThreeTimesButNotFour() throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (int nth = 1; nth <= 3; nth++) {
      faults.add(Fault.of(Action.FAIL, nth, "read .*/b/4.jpg"));
    }
    Faults.set(faults.toArray(new Fault[0]));
    mix().ended();
    String hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());

    faults.clear();
    for (int nth = 1; nth <= 4; nth++) {
      faults.add(Fault.of(Action.FAIL, nth, "read .*/b/4.jpg"));
    }
    Faults.set(faults.toArray(new Fault[0]));
    mix().refused(5, "on purpose");
    assertThat(mixed).doesNotExist();
    Faults.clear();
    mix().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
  }
}
