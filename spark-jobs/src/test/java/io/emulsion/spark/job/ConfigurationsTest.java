package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.MixedSample;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.RealSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of conf/ makes the data set that it describes. */
class ConfigurationsTest extends JobTest {
  private static Ran mixWith(String configuration, Path input, Path output, String... more) {
    return commandWith("mix", configuration, input, output, more);
  }

  private static Ran planWith(String configuration, Path input, Path output, String... more) {
    return commandWith("plan", configuration, input, output, more);
  }

  private static Ran commandWith(
      String name, String configuration, Path input, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                name,
                "--config=../conf/" + configuration,
                "--input=" + input,
                "--output=" + output));
    arguments.addAll(List.of(more));
    return Ran.command(arguments);
  }

  @ParameterizedTest
  @CsvSource({"quick.yaml, 12, 1", "cifar.yaml, 96, 16", "imagenet.yaml, 48, 4"})
  void runs(String configuration, int samples, int shards) throws IOException {
    assertThat(mixWith(configuration, photos, mixed).ended().out())
        .contains("Wrote " + samples + " samples");
    assertThat(Folders.dataFiles(mixed).stream().filter(file -> file.contains("/view-")))
        .hasSize(shards);
    assertThat(verify().ended().out()).contains("every partner and lambda drawn again");
  }

  @ParameterizedTest
  @CsvSource({
    "coco.yaml, coco128/train2017, coco128/annotations/instances_train2017.json, 128, 939",
    "voc.yaml, voc-raccoon, auto, 118, 125",
    "yolo.yaml, coco128/train2017, coco128/labels/train2017, 128, 929"
  })
  void mixesBoxes(String configuration, String images, String annotations, int count, int boxes)
      throws IOException {
    Path sets = RealSets.folder("detection-coco128").resolveSibling("detection-");
    String[] settings = {
      "--set=input.annotations=" + (annotations.equals("auto") ? annotations : sets + annotations),
      "--set=label.classes="
          + (configuration.equals("yolo.yaml")
              ? sets + "coco128/object_detection-config.yaml"
              : "none"),
      "--set=mix.views=2"
    };
    Path input = Path.of(sets + images);
    assertThat(planWith(configuration, input, mixed, settings).ended().out())
        .startsWith(count + " inputs, ")
        .contains("%n%d boxes; ".formatted(boxes));
    assertThat(mixed).doesNotExist();
    assertThat(mixWith(configuration, input, mixed, settings).ended().out())
        .contains("Wrote " + 2 * count + " samples (2 views of " + count + ")");
    assertThat(verify().ended().out()).contains("every partner and lambda drawn again");
  }

  @Test
  void theValidationSetHasTheClassesOfTrainingAndIsNotMixed() throws IOException {
    mixWith("imagenet.yaml", photos, mixed).ended();
    Path held = folder.resolve("held");
    Files.createDirectories(held);
    Files.move(photos.resolve("b"), held.resolve("b"));
    Path validation = folder.resolve("validation");
    mixWith("validation.yaml", held, validation, "--set=label.classes=" + mixed + "/labels.txt")
        .ended();
    assertThat(validation.resolve("labels.txt")).hasContent("a\nb\nc\n");
    List<MixedSample> samples =
        DataSetRecords.ofShard(validation, "tfrecord/view-000/validation-00000-of-00001.tfrecord");
    assertThat(samples).hasSize(4);
    assertThat(samples)
        .allSatisfy(
            sample -> {
              assertThat(sample.label()).isEqualTo(1);
              assertThat(sample.lambda()).isEqualTo(1);
              assertThat(sample.partner()).isEqualTo(sample.first());
            });
    Ran.command("verify", validation.toString()).ended();
  }

  @Test
  void aFolderThatIsNoClassOfTrainingIsRefused() throws IOException {
    Path names = folder.resolve("names.txt");
    Files.writeString(names, "a\nb\n");
    mixWith("validation.yaml", photos, mixed, "--set=label.classes=" + names)
        .refused(2, "c is no class of label.classes: add its name there, or move it away");
    Files.writeString(names, "a\nb\na\n");
    mixWith("validation.yaml", photos, mixed, "--set=label.classes=" + names)
        .refused(2, "label.classes has 'a' in line 3");
    mixWith("validation.yaml", photos, mixed, "--set=label.classes=" + folder + "/none.txt")
        .refused(2, "none.txt, which does not exist");
  }
}
