package io.emulsion.shard;

import java.util.Locale;

/** The data card's part on Parquet: columns, and how Hugging Face and PyTorch load them. */
final class ParquetCard {
  private static final String INTRODUCTION =
      """

      ## Parquet

      Written as Hugging Face's `datasets` writes it; each view is a configuration. PyArrow, DuckDB,
      pandas and Spark read it too.

      | column | type | meaning |
      |---|---|---|
      """;

  private static final String COLUMNS =
      """
      | `height`, `width` | int32 | pixels |
      | `label` | int64, %1$s | class of the heavier image; on a tie the first's |
      | `label_a` | int64, %1$s | class of the first image, from %2$d |
      | `label_b` | int64, %1$s | class of the partner, from %2$d |
      %3$s\
      | `lambda` | double | share of the first image, from 0 to 1 |
      | `id_a`, `id_b` | string | where both came from: paths in the input |
      | `view` | int32 | number of the view |

      A sample that is not mixed has itself as partner: `label_b` = `label_a`, lambda 1.
      """;

  private static final String KEY =
      "a unique key: view, shard and position, as in `v000-00012-00345`";

  private static final String ENCODED_COLUMN =
      """
      | `image` | struct of `bytes` and `path` | the encoded image, not compressed again, which `datasets` opens as a picture; %s |
      """;

  private static final String PIXEL_COLUMNS =
      """
      | `pixels` | binary | %s, as in `numpy.frombuffer(pixels, "%s").reshape(height, width, 3)` |
      | `key` | string | %s |
      """;

  private static final String SOFT_COLUMN =
      """
      | `soft` | list of %d floats | the share of each class, in the order of `labels.txt`; their sum is 1 |
      """;

  private static final String LOADING =
      """

      To be run in the folder of this file:

      ```python
      import os
      from datasets import load_dataset

      VIEWS = %1$d

      def load(epoch):
          return load_dataset(os.getcwd(), f"view-{epoch %% VIEWS:03d}", split="%2$s")
      ```
      """;

  private static final String SCRIPT =
      """

      With PyTorch:

      ```python
      import numpy
      import torch
      from torch.nn.functional import cross_entropy
      from torch.utils.data import DataLoader

      def pixels(sample):
          return %1$s

      def collate(samples):
          images = torch.from_numpy(numpy.stack([pixels(sample) for sample in samples]))
          return (images.permute(0, 3, 1, 2)%2$s,
      %3$s
      for epoch in range(VIEWS):
          for %4$s in DataLoader(
                  load(epoch), batch_size=256, num_workers=8, collate_fn=collate):
              pass  # one step of training
      ```

      Hugging Face's `Trainer` computes no mixup loss by itself: given float targets it silently takes
      them for a multi-label problem and trains with binary cross entropy. Override its `compute_loss`
      with the loss above.
      """;

  private static final String HARD_TARGETS =
      """
                  torch.tensor([sample["label_a"] for sample in samples]),
                  torch.tensor([sample["label_b"] for sample in samples]),
                  torch.tensor([sample["lambda"] for sample in samples], dtype=torch.float32))

      def loss(logits, label_a, label_b, lam):
          return (lam * cross_entropy(logits, label_a, reduction="none")
                  + (1 - lam) * cross_entropy(logits, label_b, reduction="none")).mean()
      """;

  private static final String SOFT_TARGETS =
      """
                  torch.tensor([sample["soft"] for sample in samples]))

      def loss(logits, soft):
          return cross_entropy(logits, soft)
      """;

  private ParquetCard() {}

  static String of(ManifestHeader header) {
    boolean soft = !header.option("label.soft").equals("none");
    String encoding = header.option("output.encoding");
    int offset = Integer.parseInt(header.option("label.offset"));
    return introduction(encoding)
        + COLUMNS.formatted(
            classNames(offset), offset, soft ? SOFT_COLUMN.formatted(header.classes()) : "")
        + loading(header)
        + SCRIPT.formatted(
            decoded(encoding),
            encoding.equals("float32") ? "" : ".float() / 255",
            soft ? SOFT_TARGETS : HARD_TARGETS,
            soft ? "image, soft" : "image, label_a, label_b, lam");
  }

  /** What holds for all data sets, and the first rows of the table of columns. */
  static String introduction(String encoding) {
    return INTRODUCTION + imageColumns(encoding);
  }

  /** How Hugging Face opens a view. */
  static String loading(ManifestHeader header) {
    return LOADING.formatted(header.views(), splitName(header));
  }

  private static String imageColumns(String encoding) {
    return switch (encoding) {
      case "raw", "float32" ->
          PIXEL_COLUMNS.formatted(PixelText.of(encoding), numpyType(encoding), KEY);
      default -> ENCODED_COLUMN.formatted(KEY);
    };
  }

  static String classNames(int offset) {
    if (offset == 0) {
      return "the names in the metadata";
    }
    return offset > ShardContext.MOST_OFFSET_WITH_NAMES
        ? "names in `labels.txt` only"
        : "the names in the metadata, placeholders below " + offset;
  }

  static String decoded(String encoding) {
    return switch (encoding) {
      case "raw", "float32" ->
          """
          (numpy.frombuffer(sample["pixels"], "%s")
                      .reshape(sample["height"], sample["width"], 3))"""
              .formatted(numpyType(encoding));
      default -> "numpy.asarray(sample[\"image\"])";
    };
  }

  /** Little endian on every machine. */
  private static String numpyType(String encoding) {
    return encoding.equals("raw") ? "uint8" : "<f4";
  }

  /** The front matter by which Hugging Face's Hub and {@code datasets} know the views. */
  static String frontMatter(ManifestHeader header) {
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
}
