package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Fault.Action;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four views, then four more. */
class AppendTest extends JobTest {
  private static final String APPEND = "--set=output.append=true";

  private String four = "";
  private String eight = "";

  @BeforeEach
  void addABadInput() throws IOException {
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    views(8).ended();
    eight = Folders.dataHash(mixed);
    FileUtils.deleteDirectory(mixed.toFile());
    views(4).ended();
    four = Folders.dataHash(mixed);
  }

  private Ran views(int views, String... more) {
    return mix(
        Stream.concat(
                Stream.of("--set=mix.views=" + views, "--set=output.format=[tfrecord, parquet]"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Of each file its inode, time of change and content. */
  private static SortedMap<String, String> files(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>(Folders.tree(folder));
    files.values().removeIf("folder"::equals);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Object inode = Files.getAttribute(folder.resolve(file.getKey()), "unix:ino");
      file.setValue(file.getValue() + " " + inode);
    }
    return files;
  }

  @Test
  void theResultIsThatOfOneRunAndOldFilesAreNotTouched() throws IOException {
    SortedMap<String, String> before = files(mixed);
    Faults.clear();
    Ran ran = views(8, APPEND).ended();
    assertThat(ran.out()).contains("4 views were there before, and stay").contains("48 samples");
    assertThat(Faults.calls().stream().filter(call -> call.matches("open .*/photos/.*")))
        .hasSize(13);
    assertThat(Folders.dataHash(mixed)).isEqualTo(eight);
    before
        .keySet()
        .removeAll(List.of("README.md", "_emulsion/manifest.json", "_emulsion/report.json"));
    assertThat(files(mixed)).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    assertThat(before).containsKeys("labels.txt", "_emulsion/quarantine/part-00000.jsonl", SHARD_0);
    verify().ended();
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve(DataSetPaths.REPORT)));
    assertThat(report.views()).isEqualTo(4);
    assertThat(report.presentViews()).isEqualTo(4);
    assertThat(report.records()).isEqualTo(48);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(mixed.resolve(DataSetPaths.TEMPORARY_FOLDER)).doesNotExist();
    assertThat(publishing()).doesNotExist();
    assertThat(views(8).ended().out()).contains("already complete");
    assertThat(views(8, APPEND).ended().out()).contains("already complete");
  }

  /** A pass that is not whole can be the last. */
  @Test
  void viewsAreAddedInSteps() throws IOException {
    views(9).refused(4, "holds the first 4 of these 9 views", "output.append=true");
    views(8, APPEND).ended();
    views(9, APPEND).ended();
    String nine = Folders.dataHash(mixed);
    views(10, APPEND).refused(4, "has 9 views, and they are no whole number of passes");
    FileUtils.deleteDirectory(mixed.toFile());
    views(9, APPEND).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(nine);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mix.seed=1",
        "mix.views=3",
        "mix.views-per-pass=2",
        "mix.views-per-pass=8",
        "output.format=parquet",
        "output.split=test",
        "image.size=9",
        "label.offset=1"
      })
  void whatDiffersByMoreThanViewsIsAnotherDataSet(String setting) throws IOException {
    views(8, APPEND, "--set=" + setting)
        .refused(4, "holds a data set that was made with other options or inputs");
    assertThat(Folders.dataHash(mixed)).isEqualTo(four);
  }

  @Test
  void otherInputsAreAnotherDataSet() throws IOException {
    TestImages.file(photos.resolve("a/more.jpg"), TestImages.jpeg(99));
    views(8, APPEND).refused(4, "other options or inputs");
  }

  @Test
  void optionsThatContradictItAreRefused() {
    views(8, APPEND, "--set=output.overwrite=true")
        .refused(2, "output.append and output.overwrite are both true");
    views(8, APPEND, "--set=mix.unmixed-views=1").refused(2, "mix.unmixed-views must be 0");
  }

  @Test
  void aDataSetThatIsNotWholeGetsNoViews() throws IOException {
    Files.delete(mixed.resolve(SHARD_0));
    views(8, APPEND).refused(4, SHARD_0 + " is missing or cut, so no view can be added");
  }

  /** Of the same length and time, so that only its decoding tells. */
  @Test
  void inputsThatAreBadNowAndWereNotFailTheJob() throws IOException {
    Path input = photos.resolve("b/4.jpg");
    Files.write(input, new byte[(int) Files.size(input)]);
    views(8, APPEND).refused(5, "INPUT_CHANGED: one pass found 1 bad inputs and another 2");
    assertThat(Folders.dataHash(mixed)).isEqualTo(four);
    verify().ended();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create .*/publishing.json",
        "rename .*/publishing.json",
        "rename .*view-005.*tfrecord$",
        "rename .*view-006.*parquet$",
        "create .*/README.md",
        "rename .*/README.md",
        "rename .*/manifest.json"
      })
  void oneThatFailsLeavesTheOldDataSetAndWorksAgain(String call) throws IOException {
    Faults.set(Fault.of(Action.FAIL, 1, call));
    Ran failed = views(8, APPEND);
    Faults.clear();
    assertThat(failed.exitCode()).as(failed.err()).isIn(5, 6);
    if (!call.endsWith("/manifest.json")) { // README.md is the new one then
      assertThat(Folders.dataHash(mixed)).isEqualTo(four);
      verify().ended();
      assertThat(views(4).ended().out()).contains("already complete");
    }
    assertThat(views(8, APPEND).ended().out()).contains("1 shards had been made by a run");
    assertThat(Folders.dataHash(mixed)).isEqualTo(eight);
    assertThat(publishing()).doesNotExist();
    verify().ended();
  }

  @Test
  void readersSeeTheOldDataSetUntilTheNewManifestIsThere() throws IOException {
    List<String> seen = new ArrayList<>();
    Runnable look =
        () -> {
          try {
            seen.add(Folders.dataHash(mixed));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    Faults.set(
        Fault.run(1, "open .*/photos/.*", look),
        Fault.run(1, "rename .*/publishing.json", look),
        Fault.run(3, "rename .*view-006", look),
        Fault.run(1, "rename .*/README.md", look));
    views(8, APPEND).ended();
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3).containsOnly(four);
    assertThat(Folders.dataHash(mixed)).isEqualTo(eight);
  }

  @Test
  void anotherNumberOfViewsThanTheOneThatDiedWorksToo() throws IOException {
    Faults.set(Fault.of(Action.FAIL, 1, "create .*/README.md"));
    assertThat(views(12, APPEND).exitCode()).isEqualTo(5);
    Faults.clear();
    assertThat(mixed.resolve("tfrecord/view-011")).exists();
    views(8, APPEND).ended();
    assertThat(Folders.dataHash(mixed)).isEqualTo(eight);
    assertThat(mixed.resolve("tfrecord/view-011/train-00000-of-00001.tfrecord")).doesNotExist();
    verify().ended();
  }

  @Test
  void imageFilesOfADetectionAreAddedToo() throws IOException {
    Path boxed = TestImages.boxed(folder.resolve("boxed"), 40);
    String[] formats = {
      "--set=output.format=[tfrecord, parquet, files]",
      "--set=output.shard-samples=32",
      "--set=mix.views-per-pass=1"
    };
    Path whole = folder.resolve("whole");
    Ran.command(FilesTest.arguments(boxed, whole, with(formats, "--set=mix.views=3"))).ended();
    Path added = folder.resolve("added");
    Ran.command(FilesTest.arguments(boxed, added, formats)).ended();
    SortedMap<String, String> before = files(added);
    List<String> append =
        FilesTest.arguments(boxed, added, with(formats, "--set=mix.views=3", APPEND));
    Faults.set(Fault.of(Action.FAIL, 3, "rename .*files/view-002"));
    assertThat(Ran.command(append).exitCode()).isEqualTo(5);
    Faults.clear();
    Ran.command("verify", added.toString()).ended();
    assertThat(Ran.command(append).ended().out()).contains("shards had been made by a run");
    assertThat(Folders.dataHash(added)).isEqualTo(Folders.dataHash(whole));
    Ran.command("verify", added.toString()).ended();
    before
        .keySet()
        .removeAll(
            List.of(
                "README.md",
                "files/data.yaml",
                "_emulsion/manifest.json",
                "_emulsion/report.json"));
    assertThat(files(added)).containsAllEntriesOf(before);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }
}
