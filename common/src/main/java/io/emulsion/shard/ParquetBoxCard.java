package io.emulsion.shard;

/** The data card's part on Parquet with boxes: columns, and how Hugging Face loads them. */
final class ParquetBoxCard {
  private static final String COLUMNS =
      """
      | `height`, `width` | int32 | pixels of the mixed image |
      | `objects` | struct of lists | a value for each box in each list, the first image's in front; empty lists without a box |
      | `objects.bbox` | lists of 4 doubles | left, top, width and height in pixels, as COCO has them |
      | `objects.category` | int64, %1$s | class, from %2$d |
      | `objects.weight` | double | share in the loss: lambda or 1 - lambda, times any weight before |
      | `objects.source` | int32 | 0: of the first image, 1: of the partner |
      | `objects.area` | double | square pixels as the source has it, or else the rectangle's |
      | `objects.iscrowd`, `objects.difficult` | bool | as the source has it |
      | `lambda` | double | share of the first image, from 0 to 1 |
      | `id_a`, `id_b` | string | where both came from: paths in the input |
      | `view` | int32 | number of the view |

      An image that is not mixed has itself as partner, lambda 1, its own canvas, and its boxes once.
      """;

  private static final String SCRIPT =
      """

      With PyTorch, targets as torchvision's detectors take them, and weights:

      ```python
      import numpy
      import torch
      from torch.utils.data import DataLoader

      def pixels(sample):
          return %1$s

      def target(objects):
          boxes = torch.tensor(objects["bbox"], dtype=torch.float32).reshape(-1, 4)  # (0, 4) of none
          boxes[:, 2:] += boxes[:, :2]  # to corners
          return {"boxes": boxes,
                  "labels": torch.tensor(objects["category"], dtype=torch.int64),
                  "weights": torch.tensor(objects["weight"], dtype=torch.float32)}

      def collate(samples):
          images = [torch.from_numpy(pixels(sample).copy()).permute(2, 0, 1)%2$s
                    for sample in samples]
          return images, [target(sample["objects"]) for sample in samples]

      def loss(loss_of_each_box, weights):
          return (weights * loss_of_each_box).sum()

      for epoch in range(VIEWS):
          for images, targets in DataLoader(
                  load(epoch), batch_size=16, num_workers=8, collate_fn=collate):
              pass  # one step of training
      ```
      """;

  private ParquetBoxCard() {}

  static String of(ManifestHeader header) {
    String encoding = header.option("output.encoding");
    int offset = Integer.parseInt(header.option("label.offset"));
    return ParquetCard.introduction(encoding)
        + COLUMNS.formatted(ParquetCard.classNames(offset), offset)
        + ParquetCard.loading(header)
        + SCRIPT.formatted(
            ParquetCard.decoded(encoding), encoding.equals("float32") ? "" : ".float() / 255");
  }
}
