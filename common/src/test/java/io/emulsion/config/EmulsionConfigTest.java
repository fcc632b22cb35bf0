package io.emulsion.config;

import static io.emulsion.config.Configs.with;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.error.EmulsionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmulsionConfigTest {
  private static final EmulsionConfig UNUSUAL =
      with(
          "input.path=[\"a, b]\", \"say \\\"hi\\\"\", 'C:\\x', é, \"\\uFFFE\\n\", '*z', '# 😀']",
          "input.on-bad=fail",
          "input.max-bad-fraction=0.30000000000000004",
          "image.size=[224, 192]",
          "input.strict=true",
          "image.resize=letterbox",
          "image.augment=[flip, random-resized-crop]",
          "image.background=white",
          "image.filter=area",
          "image.exif=ignore",
          "image.max-pixels=1000",
          "mix.lambda.alpha=0.2",
          "mix.lambda.beta=0.3",
          "mix.lambda.low=0.1",
          "mix.lambda.high=0.9",
          "mix.lambda.value=0.30000000000000004",
          "mix.lambda.fold=true",
          "mix.lambda.distribution=uniform",
          "mix.scope=batch",
          "mix.batch-samples=17",
          "mix.probability=0.75",
          "mix.unmixed-views=2",
          "mix.views=7",
          "label.classes='a b.txt'",
          "label.offset=1000000",
          "label.smoothing=0.1",
          "label.soft=float32",
          "mix.seed=-9223372036854775808",
          "mix.cache-bytes=0",
          "output.path='{}: null'",
          "output.format=[tfrecord, parquet]",
          "output.encoding=float32",
          "output.mean=[0.485, 0.456, 0.406]",
          "output.std=0.003921568627450980392",
          "output.split=true",
          "output.overwrite=true",
          "output.shard-samples=4096",
          "read.in-flight=256");

  @Test
  void comesBackEqualFromJson() {
    assertThat(EmulsionConfig.fromJson(UNUSUAL.toJson())).isEqualTo(UNUSUAL);
    assertThat(EmulsionConfig.fromJson(with().toJson())).isEqualTo(with());
  }

  @Test
  void aDetectionComesBackFromJsonAndFromADataSet() {
    EmulsionConfig config =
        with(
            "task=detection",
            "input.format=coco",
            "input.annotations='a b.json'",
            "input.on-bad-box=drop");
    assertThat(EmulsionConfig.fromJson(config.toJson())).isEqualTo(config);
    assertThat(EmulsionConfig.ofDataSet(config.canonical()).canonical())
        .isEqualTo(config.canonical())
        .contains(entry("input.on-bad-box", "drop"));
  }

  @Test
  void writesEveryKeyAsOneLineOfJson() {
    assertThat(UNUSUAL.toJson()).doesNotContain("\n");
    for (ConfigKey key : ConfigKey.values()) {
      assertThat(UNUSUAL.toJson()).contains("\"" + key + "\":");
    }
  }

  @Test
  void refusesJsonThatIsCutOrHoldsAnUnknownKey() {
    String json = with().toJson();
    assertThatThrownBy(() -> EmulsionConfig.fromJson(json.substring(0, json.length() - 5)))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("configuration as JSON: this is not well-formed: ");
    assertThatThrownBy(() -> EmulsionConfig.fromJson("{\"mix.viws\": 2}"))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("configuration as JSON: unknown key 'mix.viws'. Did you mean 'mix.views'?");
  }

  @Test
  void comesBackEqualFromJavaSerialization() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(UNUSUAL);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(stream.readObject()).isEqualTo(UNUSUAL);
    }
  }

  @Test
  void keepsItsOwnUnmodifiableLists() {
    List<String> names = new ArrayList<>(List.of("a"));
    InputOptions input =
        new InputOptions(
            InputOptions.Format.IMAGE_FOLDER, names, null, null, BadBoxes.CLIP, false, 0);
    OutputOptions output =
        new OutputOptions("out", names, "train", false, false, OutputOptions.Publish.AUTO, 0);
    names.add("b");
    assertThat(input.paths()).containsExactly("a");
    assertThat(output.formats()).containsExactly("a");
    assertThatThrownBy(() -> input.paths().add("b"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
    assertThatThrownBy(() -> output.formats().add("b"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(null);
  }

  /** Fingerprints of published data sets depend on these texts. */
  @Test
  void hasTheseCanonicalTexts() {
    assertThat(with().canonical())
        .containsExactly(
            entry("image.augment", "[none]"),
            entry("image.background", "black"),
            entry("image.exif", "apply"),
            entry("image.filter", "bilinear"),
            entry("image.max-pixels", "89478485"),
            entry("image.resize", "crop"),
            entry("image.size", "[256, 256]"),
            entry("input.format", "image-folder"),
            entry("input.on-bad-box", "clip"),
            entry("input.strict", "false"),
            entry("label.min-weight", "0"),
            entry("label.offset", "0"),
            entry("label.smoothing", "0"),
            entry("label.soft", "none"),
            entry("mix.batch-samples", "128"),
            entry("mix.block-samples", "256"),
            entry("mix.lambda.alpha", "1"),
            entry("mix.lambda.beta", "1"),
            entry("mix.lambda.distribution", "beta"),
            entry("mix.lambda.fold", "false"),
            entry("mix.lambda.high", "1"),
            entry("mix.lambda.low", "0"),
            entry("mix.lambda.value", "0.5"),
            entry("mix.partner", "uniform"),
            entry("mix.probability", "1"),
            entry("mix.scope", "sample"),
            entry("mix.seed", "0"),
            entry("mix.unmixed-views", "0"),
            entry("mix.views", "1"),
            entry("mix.views-per-pass", "4"),
            entry("output.encoding", "jpeg"),
            entry("output.format", "[tfrecord]"),
            entry("output.mean", "[0, 0, 0]"),
            entry("output.quality", "95"),
            entry("output.shard-samples", "auto"),
            entry("output.split", "train"),
            entry("output.std", "[1, 1, 1]"),
            entry("task", "classification"));
  }

  @Test
  void hasOneTextForValuesThatMeanTheSame() {
    assertThat(with("mix.lambda.alpha=1e0")).isEqualTo(with("mix.lambda.alpha=1"));
    assertThat(with("mix.lambda.alpha=20e-2").canonical())
        .isEqualTo(with("mix.lambda.alpha=0.2").canonical());
    assertThat(with("image.size=224")).isEqualTo(with("image.size=[224, 224]"));
    assertThat(with("mix.lambda.beta=alpha", "mix.lambda.alpha=2"))
        .isEqualTo(with("mix.lambda.beta=2.0", "mix.lambda.alpha=2"));
    assertThat(with("output.encoding=float32", "output.std=0.5"))
        .isEqualTo(with("output.encoding=float32", "output.std=[0.5, 5e-1, .5]"));
    assertThat(with("image.augment=[flip, random-resized-crop]"))
        .isEqualTo(with("image.augment=[random-resized-crop, flip]"));
    assertThat(with("image.augment=[none]")).isEqualTo(with("image.augment=none"));
    assertThat(with("image.exif=auto")).isEqualTo(with("image.exif=apply"));
    assertThat(with("mix.cache-bytes=1G")).isEqualTo(with("mix.cache-bytes=1048576k"));
    assertThat(with("output.format=[b, a]")).isEqualTo(with("output.format=[a, b]"));
    assertThat(with("input.max-bad-fraction=-0.0")).isEqualTo(with("input.max-bad-fraction=0"));
  }
}
