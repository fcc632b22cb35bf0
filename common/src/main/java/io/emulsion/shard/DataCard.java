package io.emulsion.shard;

import io.emulsion.error.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The data set's README.md: what it is, what is in its files, how to load them. The same for equal
 * headers.
 */
public final class DataCard {
  private static final String INTRODUCTION =
      """
      # A mixup training set

      Made by Emulsion %s. Each image is a mixture of two: `lambda * first + (1 - lambda) * partner`,
      with lambda drawn for each of them (mixup: Zhang et al. 2018, arXiv 1710.09412). Train with the
      loss `lambda * CE(label_a) + (1 - lambda) * CE(label_b)`, and do not mix again.

      | | |
      |---|---|
      | samples in each view | %d |
      | views | %d |
      | shards in each view | %d |
      | classes | %d |
      | inputs | %d |
      | of them unusable, listed in `_emulsion/quarantine` | %d |
      | alpha: lambda is drawn from Beta(alpha, alpha) | %s |
      | seed | %s |

      Each view is the whole set, mixed once more: other partners, other lambdas, another order.
      **View v is epoch v.** Views are numbered from 0; after the last start again with the first.

      `labels.txt` holds the names of the classes: the first line is class 0. `_emulsion/manifest.json`
      names every file with its size and SHA-256, and is written last: without it the set is not
      complete.
      """;

  private static final String TF_RECORD =
      """

      ## TFRecord

      One `tf.Example` a record, not compressed. Glob `tfrecord/view-000/*.tfrecord`, not the folder:
      storage systems put other files beside the shards.

      | key | kind | meaning |
      |---|---|---|
      | `image/encoded` | bytes | the image, as `image/format` says |
      | `image/format` | bytes | `jpeg` or `png` |
      | `image/height`, `image/width` | int64 | pixels |
      | `image/class/label_a` | int64 | class of the first image, from 0 |
      | `image/class/label_b` | int64 | class of the partner, from 0 |
      | `image/mixup/lambda` | float | share of the first image, from 0 to 1 |
      | `image/class/label` | int64 | class of the heavier image; on a tie the first's |
      | `image/class/text` | bytes | name of that class |
      | `image/filename` | bytes | unique key: view, shard and position, as in `v000-00012-00345` |
      | `image/mixup/id_a`, `image/mixup/id_b` | bytes | where both came from: paths in the input |
      | `image/mixup/view` | int64 | number of the view |

      A sample that is not mixed has itself as partner: `label_b` = `label_a`, lambda 1.

      To be run in the folder of this file:

      ```python
      import tensorflow as tf

      VIEWS = %d
      SPEC = {
          "image/encoded": tf.io.FixedLenFeature([], tf.string),
          "image/class/label_a": tf.io.FixedLenFeature([], tf.int64),
          "image/class/label_b": tf.io.FixedLenFeature([], tf.int64),
          "image/mixup/lambda": tf.io.FixedLenFeature([], tf.float32),
      }

      def parse(record):
          sample = tf.io.parse_single_example(record, SPEC)
          image = tf.io.decode_image(sample["image/encoded"], channels=3, expand_animations=False)
          return (image, sample["image/class/label_a"], sample["image/class/label_b"],
                  sample["image/mixup/lambda"])

      def load(epoch):
          files = sorted(tf.io.gfile.glob(f"tfrecord/view-{epoch %% VIEWS:03d}/*.tfrecord"))
          records = tf.data.TFRecordDataset(files, num_parallel_reads=8)
          return records.map(parse, num_parallel_calls=tf.data.AUTOTUNE)

      def loss(logits, label_a, label_b, lam):
          cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
          return (lam * cross_entropy(label_a, logits)
                  + (1 - lam) * cross_entropy(label_b, logits))

      for epoch in range(VIEWS):
          for image, label_a, label_b, lam in load(epoch).batch(256).prefetch(tf.data.AUTOTUNE):
              pass  # one step of training
      ```
      """;

  private static final String PARQUET =
      """

      ## Parquet

      Written as Hugging Face's `datasets` writes it: it opens with pictures and named classes, and
      each view is a configuration. PyArrow, DuckDB, pandas and Spark read it too.

      | column | type | meaning |
      |---|---|---|
      | `image` | struct of `bytes` and `path` | the encoded image, not compressed again; a unique key: view, shard and position, as in `v000-00012-00345` |
      | `height`, `width` | int32 | pixels |
      | `label` | int64, the names in the metadata | class of the heavier image; on a tie the first's |
      | `label_a` | int64, the names in the metadata | class of the first image, from 0 |
      | `label_b` | int64, the names in the metadata | class of the partner, from 0 |
      | `lambda` | double | share of the first image, from 0 to 1 |
      | `id_a`, `id_b` | string | where both came from: paths in the input |
      | `view` | int32 | number of the view |

      A sample that is not mixed has itself as partner: `label_b` = `label_a`, lambda 1.

      To be run in the folder of this file:

      ```python
      import os
      from datasets import load_dataset

      VIEWS = %d

      def load(epoch):
          return load_dataset(os.getcwd(), f"view-{epoch %% VIEWS:03d}", split="%s")
      ```

      With PyTorch:

      ```python
      import numpy
      import torch
      from torch.nn.functional import cross_entropy
      from torch.utils.data import DataLoader

      def collate(samples):
          images = numpy.stack([numpy.asarray(sample["image"]) for sample in samples])
          return (torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255,
                  torch.tensor([sample["label_a"] for sample in samples]),
                  torch.tensor([sample["label_b"] for sample in samples]),
                  torch.tensor([sample["lambda"] for sample in samples], dtype=torch.float32))

      def loss(logits, label_a, label_b, lam):
          return (lam * cross_entropy(logits, label_a, reduction="none")
                  + (1 - lam) * cross_entropy(logits, label_b, reduction="none")).mean()

      for epoch in range(VIEWS):
          for image, label_a, label_b, lam in DataLoader(
                  load(epoch), batch_size=256, num_workers=8, collate_fn=collate):
              pass  # one step of training
      ```

      Hugging Face's `Trainer` computes no mixup loss by itself: given float targets it silently takes
      them for a multi-label problem and trains with binary cross entropy. Override its `compute_loss`
      with the loss above.
      """;

  private static final String OPTIONS =
      """

      ## Options

      Same version, options and inputs: same bytes. Fingerprint: `%s`.

      | option | value |
      |---|---|
      %s
      """;

  private DataCard() {}

  /** The content of {@link DataSetPaths#README}, UTF-8. */
  public static byte[] of(ManifestHeader header) {
    StringBuilder text = new StringBuilder();
    if (header.formats().contains("parquet")) {
      text.append(configurations(header));
    }
    text.append(introduction(header));
    if (header.formats().contains("tfrecord")) {
      text.append(TF_RECORD.formatted(header.views()));
    }
    if (header.formats().contains("parquet")) {
      text.append(PARQUET.formatted(header.views(), splitName(header)));
    }
    text.append(OPTIONS.formatted(header.fingerprint(), table(header.options())));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The front matter by which Hugging Face's Hub and {@code datasets} know the views. */
  private static String configurations(ManifestHeader header) {
    StringBuilder yaml = new StringBuilder("---\nconfigs:\n");
    for (int view = 0; view < header.views(); view++) {
      yaml.append(String.format(Locale.ROOT, "- config_name: view-%03d\n", view));
      yaml.append(view == 0 ? "  default: true\n" : "");
      yaml.append("  data_files:\n  - split: ").append(splitName(header)).append('\n');
      yaml.append(String.format(Locale.ROOT, "    path: parquet/view-%03d/*.parquet\n", view));
    }
    return yaml.append("---\n\n").toString();
  }

  /** {@code datasets} takes no hyphen in a split. */
  private static String splitName(ManifestHeader header) {
    return header.split().replace('-', '_');
  }

  private static String introduction(ManifestHeader header) {
    return INTRODUCTION.formatted(
        header.emulsion(),
        header.samples(),
        header.views(),
        header.shards(),
        header.classes(),
        header.inputs(),
        header.quarantined(),
        cell(option(header, "mix.lambda.alpha")),
        cell(option(header, "mix.seed")));
  }

  private static String option(ManifestHeader header, String key) {
    String value = header.options().get(key);
    if (value == null) {
      throw new IllegalArgumentException("The header lacks option " + key);
    }
    return value;
  }

  private static String table(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> "| `" + option.getKey() + "` | " + cell(option.getValue()) + " |")
        .collect(Collectors.joining("\n"));
  }

  /** Keeps what Markdown or HTML would take for markup as text. */
  private static String cell(String value) {
    return OneLine.of(value).replaceAll("[\\\\`*_\\[\\]<>|&#]", "\\\\$0");
  }
}
