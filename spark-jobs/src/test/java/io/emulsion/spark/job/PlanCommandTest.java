package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} says beforehand, beside what {@code mix} then makes. */
class PlanCommandTest extends JobTest {
  private static final Path DATA = Path.of("../../shared/data");

  /** How far the estimate may be off, as a share of what is written. */
  private static final double TOLERANCE = 0.15;

  private Ran plan(String... more) {
    return command("plan", photos.toString(), mixed.toString(), more);
  }

  @Test
  void writesNothing() throws IOException {
    SortedMap<String, String> before = Folders.tree(folder);
    plan().ended();
    assertThat(Folders.tree(folder)).isEqualTo(before);
  }

  @Test
  void countsTasksAndOpenFiles() {
    assertThat(plan("--set=mix.views=9", "--set=output.format=[tfrecord, parquet]").ended().out())
        .contains("9 views from 3 passes", "3 tasks, each with 8 open files");
    assertThat(plan("--set=mix.views=1").ended().out()).contains("1 tasks, each with 1 open file ");
  }

  @Test
  void saysWhatHeapAndExecutorsItsTasksWant() {
    assertThat(plan("--set=mix.views=4").ended().out())
        .containsPattern("  here, with \\d+ at once: --driver-memory \\d+m\n")
        .containsPattern(
            "  an executor with \\d+ at once: --executor-memory \\d+m; on YARN and Kubernetes also"
                + " spark.executor.memoryOverhead=\\d+m\n");
  }

  @Test
  void saysHowManyOfTheInputsCannotBeUsed() throws IOException {
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    assertThat(plan().ended().out())
        .contains("mixing 13 of the inputs in memory, of which 1 cannot be used");
  }

  @Test
  void estimatesNothingOfASetWithoutAUsableImage() throws IOException {
    Path broken = folder.resolve("broken");
    TestImages.file(broken.resolve("a/1.jpg"), "no picture");
    assertThat(command("plan", broken.toString(), mixed.toString()).ended().out())
        .contains("of which 1 cannot be used", "  0.0 MB of shards");
  }

  @ParameterizedTest
  @CsvSource({
    "classification-imagenet16, jpeg, tfrecord",
    "classification-imagenet16, png, tfrecord",
    "classification-caltech12, jpeg, 'parquet, tfrecord'",
    "classification-caltech12, raw, parquet",
    "classification-cifar10-mini, jpeg, tfrecord"
  })
  void estimatesTheBytesOfRealSets(String set, String encoding, String formats) throws IOException {
    Path input = DATA.resolve(set).toAbsolutePath().normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(input) || "true".equals(System.getenv("CI")), input + " is absent");
    String[] options = {
      "--set=image.size=96",
      "--set=output.encoding=" + encoding,
      "--set=output.format=[" + formats + "]"
    };
    String planned = command("plan", input.toString(), mixed.toString(), options).ended().out();
    command("mix", input.toString(), mixed.toString(), options).ended();
    checkBytes(planned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet", "files"})
  void estimatesTheBytesOfADetection(String format) throws IOException {
    Path set = DATA.resolve("detection-coco128").toAbsolutePath().normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(set) || "true".equals(System.getenv("CI")), set + " is absent");
    List<String> options =
        List.of(
            "--input=" + set.resolve("train2017"),
            "--output=" + mixed,
            "--set=task=detection",
            "--set=input.format=coco",
            "--set=output.format=" + format,
            "--set=input.annotations=" + set.resolve("annotations/instances_train2017.json"));
    String planned = run("plan", options);
    assertThat(planned).contains("mixing 64 of the inputs in memory, of which 0 cannot be used");
    run("mix", options);
    checkBytes(planned);
  }

  private static String run(String command, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options);
    return Ran.command(arguments).ended().out();
  }

  private void checkBytes(String planned) throws IOException {
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve("_emulsion/report.json")));
    double bytes = report.bytes() / 1e6;
    assertThat(megabytes(planned)).isCloseTo(bytes, within(TOLERANCE * bytes));
  }

  private static double megabytes(String planned) {
    Matcher line = Pattern.compile(" {2}([0-9,.]+) MB of shards").matcher(planned);
    assertThat(line.find()).as(planned).isTrue();
    return Double.parseDouble(line.group(1).replace(",", ""));
  }
}
