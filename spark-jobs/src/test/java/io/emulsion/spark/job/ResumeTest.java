package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run takes over of one that failed: four shards, two in each of two passes. */
class ResumeTest extends JobTest {
  private static final String[] FOUR_SHARDS = {
    "--set=mix.views-per-pass=1", "--set=output.shard-samples=32"
  };
  private static final long INPUTS = 41;
  private static final int SHARDS = 4;

  private String hash = "";

  @BeforeEach
  void makeOnce() throws IOException {
    photos = TestImages.classes(folder.resolve("photos"), 40);
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    mixShards().ended();
    hash = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
  }

  private Ran mixShards(String... more) {
    return mix(Stream.of(FOUR_SHARDS, more).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Fails as soon as all tasks are done, or at another call; what was kept stays. */
  private void failAt(int nth, String call) {
    Faults.set(Fault.of(Action.FAIL, nth, call));
    Ran failed = mixShards();
    Faults.clear();
    assertThat(failed.exitCode()).as(failed.err()).isIn(5, 6);
    assertThat(manifest()).doesNotExist();
  }

  private Path tmp() {
    return mixed.resolve(DataSetPaths.TEMPORARY_FOLDER);
  }

  private List<Path> kept(String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(tmp())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> tmp().relativize(file).toString().matches(pattern))
          .sorted()
          .toList();
    }
  }

  /** Runs the same command; says how many shards it took over, and that it read no more inputs. */
  private void takesOver(int shards, String... more) throws IOException {
    Faults.clear();
    Ran ran = mixShards(more).ended();
    long reads = Faults.calls().stream().filter(call -> call.matches("open .*/photos/.*")).count();
    assertThat(ran.err()).isEmpty();
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve(DataSetPaths.REPORT)));
    assertThat(report.keptShards()).isEqualTo(shards);
    assertThat(reads)
        .as("inputs read")
        .isBetween((SHARDS - shards) * INPUTS / 3, (SHARDS - shards) * INPUTS * 2L / 3);
    assertThat(report.records()).isEqualTo(80);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    verify().ended();
    assertThat(tmp()).doesNotExist();
    assertThat(publishing()).doesNotExist();
    if (shards > 0) {
      assertThat(ran.out()).contains(shards + " shards had been made by a run that did not end");
    }
  }

  @Test
  void aRunThatFailedBeforePublishingMakesNothingAgain() throws IOException {
    Faults.set(Fault.of(Action.FAIL, 1, "create .*/publishing.json"));
    Ran failed = mixShards();
    Faults.clear();
    assertThat(failed.exitCode()).isEqualTo(5);
    assertThat(failed.err().lines().toList().get(0))
        .startsWith("emulsion: 4 of 4 shards are kept in faulty:" + tmp())
        .endsWith("run the same command again, which makes the others, or delete that folder");
    takesOver(4);
  }

  @Test
  void aTaskThatFailsCostsItsOwnShardsAlone() throws Exception {
    failAt(60, "open .*/photos/.*/");
    LocalSpark.awaitIdle();
    int done = kept(".*/done/.*").size();
    assertThat(done).isBetween(1, 3);
    takesOver(done);
  }

  @ParameterizedTest
  @CsvSource({
    "1, rename .*tfrecord$",
    "2, rename .*tfrecord$",
    "4, rename .*tfrecord$",
    "1, create .*/labels.txt",
    "1, create .*/report.json",
    "1, rename .*/manifest.json"
  })
  void whatWasPublishedAlreadyIsTakenOverWhereItLies(int nth, String call) throws IOException {
    failAt(nth, call);
    takesOver(4);
  }

  @Test
  void publishedShardsThatWereDamagedSinceAreMadeAgain() throws IOException {
    failAt(1, "create .*/labels.txt");
    flip(mixed.resolve("tfrecord/view-001/train-00001-of-00002.tfrecord"));
    takesOver(3);
  }

  /** What happens to a file that was kept. */
  private enum Damage {
    FLIPPED,
    CUT,
    LONGER,
    GONE
  }

  @ParameterizedTest
  @CsvSource({
    ".*/train-00000-of-00002.tfrecord, FLIPPED, 2",
    ".*/view-001/train-00001-of-00002.tfrecord, FLIPPED, 3",
    ".*/view-001/train-00001-of-00002.tfrecord, CUT, 3",
    ".*/view-001/train-00001-of-00002.tfrecord, LONGER, 3",
    ".*/view-001/train-00001-of-00002.tfrecord, GONE, 3",
    ".*/quarantine/.*, FLIPPED, 3",
    ".*/done/pass-001/00001.json, FLIPPED, 3",
    ".*/done/pass-001/00001.json, CUT, 3",
    ".*/done/pass-001/00001.json, GONE, 3",
    ".*/done/.*, GONE, 0"
  })
  void whatIsDamagedIsMadeAgain(String files, Damage damage, int left) throws IOException {
    failAt(1, "create .*/publishing.json");
    List<Path> struck = kept(files);
    assertThat(struck).isNotEmpty();
    for (Path file : struck) {
      switch (damage) {
        case FLIPPED -> flip(file);
        case CUT -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        case LONGER -> Files.writeString(file, "x", StandardOpenOption.APPEND);
        case GONE -> Files.delete(file);
      }
    }
    takesOver(left);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  /** Of the same length, so that the fingerprint is the same. */
  @Test
  void aShardOfAnInputThatWasWrittenAnewIsMadeAgain() throws IOException {
    failAt(1, "create .*/publishing.json");
    Path input = photos.resolve("b/4.jpg");
    Files.setLastModifiedTime(
        input, FileTime.fromMillis(Files.getLastModifiedTime(input).toMillis() + 5000));
    takesOver(2);
  }

  @Test
  void badInputsOfKeptShardsCountWhereNoneIsAllowed() throws IOException {
    failAt(1, "create .*/publishing.json");
    Ran failed = mixShards("--set=input.on-bad=fail");
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err()).contains("Cannot use 'a/empty.jpg'");
    takesOver(4);
  }

  @Test
  void passesThatDisagreeKeepNothing() throws IOException {
    Faults.set(
        Fault.run(
            2,
            "open .*/b/4.jpg",
            () -> {
              try {
                Path input = photos.resolve("b/4.jpg");
                FileTime time = Files.getLastModifiedTime(input);
                Files.write(input, new byte[(int) Files.size(input)]);
                Files.setLastModifiedTime(input, time);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
    mixShards().refused(5, "INPUT_CHANGED: one pass found");
    assertThat(mixed).doesNotExist();
  }

  @Test
  void anotherRunSweepsWhatWasKept() throws IOException {
    failAt(1, "create .*/publishing.json");
    assertThat(kept(".*/done/.*")).hasSize(4);
    mixShards("--set=mix.seed=1").ended();
    assertThat(tmp()).doesNotExist();
  }

  @Test
  void aRunThatIsRefusedSweepsNothing() throws IOException {
    mixShards("--set=mix.seed=1").ended();
    Faults.set(Fault.of(Action.FAIL, 1, "create .*/publishing.json"));
    assertThat(mixShards("--set=output.overwrite=true").exitCode()).isEqualTo(5);
    Faults.clear();
    mixShards("--set=mix.seed=2").refused(4, "output.overwrite=true");
    takesOver(4, "--set=output.overwrite=true");
  }

  /** As a task of the dead run that goes on on some executor. */
  @Test
  void aZombieOfTheDeadRunDoesNoHarm() throws IOException {
    failAt(1, "create .*/publishing.json");
    Path done = kept(".*/done/pass-001/00001.json").get(0);
    byte[] whole = Files.readAllBytes(done);
    Faults.set(
        Fault.run(
            1,
            "create .*/publishing.json",
            () -> {
              try {
                Files.createDirectories(done.getParent());
                Files.write(done, whole, StandardOpenOption.TRUNCATE_EXISTING);
                TestImages.file(tmp().resolve("zombie/task-0-9/tfrecord/x.tfrecord"), "half");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
    mixShards().ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(hash);
    assertThat(tmp()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mix.cache-bytes=0", "read.in-flight=1", "input.max-bad-fraction=0.5"})
  void optionsThatDecideNoBytesMayChange(String setting) throws IOException {
    failAt(1, "create .*/publishing.json");
    takesOver(4, "--set=" + setting);
  }
}
