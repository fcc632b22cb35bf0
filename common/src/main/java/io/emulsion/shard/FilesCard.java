package io.emulsion.shard;

/** The data card's part on image files: what lies where, and how detectors load it. */
final class FilesCard {
  private static final String LAYOUT =
      """

      ## Image files

      | path | what |
      |---|---|
      | `files/view-000/images/00012/v000-00012-00345.%1$s` | an image; its name is its key: view, shard and position |
      | `files/view-000/labels/00012/v000-00012-00345.txt` | its boxes as YOLO has them; empty without any |
      | `files/view-000/annotations.json` | all images and boxes of the view as COCO has them |
      | `files/view-000/data.yaml`, `files/data.yaml` | one view, and all views, for Ultralytics |
      | `files/view-000/*.jsonl` | a shard's index: its images with size and SHA-256, and their boxes |

      All paths are relative, so the folder can be moved. `_emulsion/manifest.json` names the indexes,
      and these the images. Keys beyond COCO's:

      | key | meaning |
      |---|---|
      | `lambda` of an image | share of the first image, from 0 to 1 |
      | `id_a`, `id_b` of an image | where both came from: paths in the input |
      | `weight` of an annotation | share in the loss: lambda or 1 - lambda, times any weight before |
      | `source` of an annotation | 0: of the first image, 1: of the partner |
      | `difficult` of an annotation | 1 where the source says so, else 0 |

      An image's `id` is shard * 2^20 + position, an annotation's is the image's * 2^12 + the number
      of the box, from 1. `category_id` counts from %2$d (`label.offset`), YOLO's classes always from 0.
      `area` is the source's, or else the rectangle's; `segmentation` is there for crowds alone, and
      YOLO's labels leave crowds out. Pixels have six decimals at most, YOLO's shares eight.

      **Only losses that take the weights train as mixup means it.** Where a framework knows none,
      `label.min-weight` leaves out boxes that are hardly seen. To be run in the folder of this file:

      ```python
      from torchvision.datasets import CocoDetection

      VIEWS = %3$d

      def load(epoch):
          view = f"files/view-{epoch %% VIEWS:03d}"
          return CocoDetection(f"{view}/images", f"{view}/annotations.json")

      for epoch in range(VIEWS):
          for image, boxes in load(epoch):
              weights = [box["weight"] for box in boxes]
      ```

      Ultralytics, MMDetection and detectron2, none of which has weights:

      ```
      yolo train data=files/view-000/data.yaml mosaic=0 mixup=0
      dict(type='CocoDataset', data_root='files/view-000/', ann_file='annotations.json', data_prefix=dict(img='images/'))
      register_coco_instances('view-000', {}, 'files/view-000/annotations.json', 'files/view-000/images')
      ```
      """;

  private FilesCard() {}

  static String of(ManifestHeader header) {
    return LAYOUT.formatted(
        header.option("output.encoding").equals("jpeg") ? "jpg" : "png",
        Integer.parseInt(header.option("label.offset")),
        header.views());
  }
}
