package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DataCardTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "mix.lambda.alpha", "0.2",
          "mix.lambda.beta", "0.3",
          "mix.lambda.distribution", "beta",
          "mix.lambda.fold", "false",
          "mix.seed", "77",
          "label.offset", "0",
          "label.soft", "none",
          "image.size", "[256, 200]",
          "output.encoding", "jpeg",
          "output.split", "a|`b`\n<i>_c_");

  @Test
  void tellsWhatTheSetIs() {
    assertThat(card(OPTIONS, "tfrecord"))
        .startsWith("# A mixup training set\n\nMade by Emulsion 9.8.7. ")
        .contains("| samples in each view | 1000 |\n")
        .contains("| views | 12 |\n")
        .contains("| shards in each view | 5 |\n")
        .contains("| classes | 34 |\n")
        .contains("| inputs | 1003 |\n")
        .contains("quarantine` | 3 |\n")
        .contains("| lambda | drawn from Beta(0.2, 0.3) |\n")
        .contains("| seed | 77 |\n")
        .contains("Fingerprint: `00ff`")
        .contains("**View v is epoch v.**")
        .endsWith("|\n");
  }

  @Test
  void tellsTheLawOfLambda() {
    assertThat(
            card(
                with(
                    "mix.lambda.distribution", "uniform",
                    "mix.lambda.low", "0.1",
                    "mix.lambda.high", "0.9",
                    "mix.lambda.fold", "true"),
                "tfrecord"))
        .contains("| lambda | uniform from 0.1 to 0.9, then max(l, 1 - l) |");
    assertThat(
            card(
                with("mix.lambda.distribution", "constant", "mix.lambda.value", "0.5"), "tfrecord"))
        .contains("| lambda | always 0.5 |");
  }

  @Test
  void tellsHowToLoadItWithTensorFlow() {
    assertThat(card(OPTIONS, "tfrecord"))
        .contains("VIEWS = 12\n")
        .contains("glob(f\"tfrecord/view-{epoch % VIEWS:03d}/*.tfrecord\")")
        .contains("Glob `tfrecord/view-000/*.tfrecord`, not the folder");
  }

  @Test
  void tellsWhatLabelsAre() {
    assertThat(card(with("label.offset", "1", "label.soft", "float32"), "tfrecord"))
        .contains("the first line is class 1.")
        .contains("class of the first image, from 1 |")
        .contains("| `image/class/soft` | float, 34 values |")
        .contains("\"image/class/soft\": tf.io.FixedLenFeature([34], tf.float32),\n}")
        .contains("softmax_cross_entropy_with_logits(soft, logits)")
        .contains("for image, soft in load(epoch)")
        .doesNotContain("sparse_softmax");
    assertThat(card(OPTIONS, "tfrecord"))
        .contains("the first line is class 0.")
        .contains("class of the partner, from 0 |")
        .contains("sparse_softmax")
        .doesNotContain("image/class/soft");
  }

  @Test
  void tellsHowPixelsAreStored() {
    assertThat(card(with("output.encoding", "raw"), "tfrecord"))
        .contains("| `image/format` | bytes | `raw` |")
        .contains(
            "tf.reshape(tf.io.decode_raw(sample[\"image/encoded\"], tf.uint8), [256, 200, 3])");
    assertThat(card(with("output.encoding", "float32"), "tfrecord"))
        .contains("float32 RGB, little endian")
        .contains("tf.io.decode_raw(sample[\"image/encoded\"], tf.float32), [256, 200, 3])");
    assertThat(card(OPTIONS, "tfrecord")).contains("tf.io.decode_image(").contains("`jpeg` |");
  }

  @Test
  void tellsWhatBoxesAre() {
    String card = card(with("task", "detection", "image.resize", "none"), "tfrecord", "parquet");
    assertThat(card)
        .contains("arXiv 1902.04103")
        .contains("The canvas has the larger height and the larger width of both;")
        .contains("| `image/object/class/label` | int64 list | class, from 0 |")
        .contains("\"image/object/weight\": tf.io.RaggedFeature(tf.float32)")
        .contains("| `objects.category` | int64, the names in the metadata | class, from 0 |")
        .contains("tf.io.decode_image(")
        .doesNotContain("label_a", "CE(", "%%", "$s");
    assertThat(
            card(
                with(
                    "task",
                    "detection",
                    "image.resize",
                    "stretch",
                    "label.offset",
                    "1",
                    "output.encoding",
                    "raw"),
                "tfrecord",
                "parquet"))
        .contains("Images were brought to one size first")
        .contains("class, from 1 |")
        .contains("[sample[\"image/height\"], sample[\"image/width\"], 3])")
        .contains("numpy.frombuffer(pixels, \"uint8\")");
  }

  private static Map<String, String> with(String... keysAndValues) {
    Map<String, String> options = new TreeMap<>(OPTIONS);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }

  @Test
  void tellsHuggingFaceWhereTheViewsAre() {
    assertThat(card(OPTIONS, "parquet"))
        .startsWith(
            """
            ---
            configs:
            - config_name: view-000
              default: true
              data_files:
              - split: train_2
                path: parquet/view-000/*.parquet
            - config_name: view-001
              data_files:
              - split: train_2
                path: parquet/view-001/*.parquet
            """)
        .contains(
            """
              data_files:
              - split: train_2
                path: parquet/view-011/*.parquet
            ---

            # A mixup training set
            """)
        .doesNotContain("view-012");
  }

  @Test
  void tellsHowToLoadItWithHuggingFaceAndPyTorch() {
    assertThat(card(OPTIONS, "parquet"))
        .contains("VIEWS = 12\n")
        .contains("load_dataset(os.getcwd(), f\"view-{epoch % VIEWS:03d}\", split=\"train_2\")")
        .contains("lam * cross_entropy(logits, label_a, reduction=\"none\")")
        .contains("binary cross entropy. Override its `compute_loss`");
  }

  @Test
  void tellsWhatLabelsInParquetAre() {
    assertThat(card(with("label.offset", "1", "label.soft", "float32"), "parquet"))
        .contains(
            "`label_a` | int64, the names in the metadata, placeholders below 1 | class of"
                + " the first image, from 1 |")
        .contains("| `soft` | list of 34 floats |")
        .contains(
            "torch.tensor([sample[\"soft\"] for sample in samples]))\n\ndef loss(logits, soft)")
        .contains("for image, soft in DataLoader(")
        .doesNotContain("lam in");
    assertThat(card(with("label.offset", "1001"), "parquet"))
        .contains(
            "`label_b` | int64, names in `labels.txt` only | class of the partner, from 1001");
    assertThat(card(OPTIONS, "parquet"))
        .contains("`label` | int64, the names in the metadata | class of the heavier image")
        .contains("for image, label_a, label_b, lam in DataLoader(")
        .doesNotContain("`soft`");
  }

  @Test
  void tellsHowPixelsAreStoredInParquet() {
    assertThat(card(with("output.encoding", "raw"), "parquet"))
        .contains("| `pixels` | binary | uint8 RGB, `[height, width, 3]`, without a header, as in")
        .contains("`numpy.frombuffer(pixels, \"uint8\").reshape(height, width, 3)` |\n| `key` |")
        .contains("numpy.frombuffer(sample[\"pixels\"], \"uint8\")\n")
        .contains(".permute(0, 3, 1, 2).float() / 255,")
        .doesNotContain("`image`");
    assertThat(card(with("output.encoding", "float32"), "parquet"))
        .contains("numpy.frombuffer(sample[\"pixels\"], \"<f4\")\n")
        .contains(".permute(0, 3, 1, 2),");
    assertThat(card(OPTIONS, "parquet"))
        .contains("| `image` | struct of `bytes` and `path` |")
        .contains("return numpy.asarray(sample[\"image\"])\n")
        .doesNotContain("pixels`");
  }

  @Test
  void leavesOutFormatsThatAreNotThere() {
    assertThat(card(OPTIONS, "parquet"))
        .contains("## Parquet")
        .doesNotContain("TFRecord")
        .contains("## Options");
    assertThat(card(OPTIONS, "tfrecord"))
        .contains("## TFRecord")
        .doesNotContain("arquet")
        .doesNotContain("---\nconfigs:");
  }

  @Test
  void listsTheOptionsWithoutMarkup() {
    assertThat(card(OPTIONS, "tfrecord"))
        .contains(
            """
            | option | value |
            |---|---|
            | `image.size` | \\[256, 200\\] |
            | `label.offset` | 0 |
            | `label.soft` | none |
            | `mix.lambda.alpha` | 0.2 |
            | `mix.lambda.beta` | 0.3 |
            | `mix.lambda.distribution` | beta |
            | `mix.lambda.fold` | false |
            | `mix.seed` | 77 |
            | `output.encoding` | jpeg |
            | `output.split` | a\\|\\`b\\`\\\\n\\<i\\>\\_c\\_ |
            """);
  }

  @Test
  void needsTheOptionsItNames() {
    assertThatThrownBy(() -> card(Map.of("mix.seed", "1"), "tfrecord"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The header lacks option mix.lambda.distribution");
  }

  private static String card(Map<String, String> options, String... formats) {
    ManifestHeader header =
        new ManifestHeader(
            "9.8.7",
            "00ff",
            new TreeMap<>(options),
            1003,
            3,
            34,
            12,
            5,
            List.of(formats),
            "train-2");
    return new String(DataCard.of(header), StandardCharsets.UTF_8);
  }
}
