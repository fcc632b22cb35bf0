package io.emulsion.shard;

import java.util.Locale;

/** The data card's part on Parquet: columns, and how Hugging Face and PyTorch load them. */
final class ParquetCard {
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

  private ParquetCard() {}

  static String of(ManifestHeader header) {
    return PARQUET.formatted(header.views(), splitName(header));
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
