package io.emulsion.shard;

/** The data card's part on TFRecord with boxes: keys, and how TensorFlow loads them. */
final class TfRecordBoxCard {
  private static final String KEYS =
      """

      ## TFRecord

      One `tf.Example` a record, not compressed, with the keys of TensorFlow's object detection API.
      Glob `tfrecord/view-000/*.tfrecord`, not the folder: storage systems put other files beside the
      shards.

      | key | kind | meaning |
      |---|---|---|
      | `image/encoded` | bytes | the image, %1$s |
      | `image/format` | bytes | `%2$s` |
      | `image/height`, `image/width` | int64 | pixels of the mixed image |
      | `image/object/bbox/xmin`, `image/object/bbox/ymin` | float list | left and upper side, as shares of width and height |
      | `image/object/bbox/xmax`, `image/object/bbox/ymax` | float list | right and lower side |
      | `image/object/class/label` | int64 list | class, from %3$d |
      | `image/object/class/text` | bytes list | its name |
      | `image/object/weight` | float list | share in the loss: lambda or 1 - lambda, times any weight before |
      | `image/object/source` | int64 list | 0: of the first image, 1: of the partner |
      | `image/object/area` | float list | square pixels as the source has it, or else the rectangle's |
      | `image/object/is_crowd`, `image/object/difficult` | int64 list | 1 where the source says so, else 0 |
      | `image/mixup/lambda` | float | share of the first image, from 0 to 1 |
      | `image/filename`, `image/source_id` | bytes | unique key: view, shard and position, as in `v000-00012-00345` |
      | `image/mixup/id_a`, `image/mixup/id_b` | bytes | where both came from: paths in the input |
      | `image/mixup/view` | int64 | number of the view |

      Every list is in every record and has a value for each box, the first image's in front; without
      a box it is empty. An image that is not mixed has itself as partner, lambda 1, its own canvas,
      and its boxes once. The object detection API counts classes from 1: `label.offset: 1` is for it.

      To be run in the folder of this file:

      """;

  private static final String SCRIPT =
      """
      ```python
      import tensorflow as tf

      VIEWS = %1$d
      SPEC = {
          "image/encoded": tf.io.FixedLenFeature([], tf.string),
          "image/height": tf.io.FixedLenFeature([], tf.int64),
          "image/width": tf.io.FixedLenFeature([], tf.int64),
          "image/object/bbox/xmin": tf.io.RaggedFeature(tf.float32),
          "image/object/bbox/ymin": tf.io.RaggedFeature(tf.float32),
          "image/object/bbox/xmax": tf.io.RaggedFeature(tf.float32),
          "image/object/bbox/ymax": tf.io.RaggedFeature(tf.float32),
          "image/object/class/label": tf.io.RaggedFeature(tf.int64),
          "image/object/weight": tf.io.RaggedFeature(tf.float32),
      }

      def parse(record):
          sample = tf.io.parse_single_example(record, SPEC)
          image = %2$s
          boxes = tf.stack([sample[f"image/object/bbox/{side}"]
                            for side in ("ymin", "xmin", "ymax", "xmax")], axis=-1)  # (n, 4)
          return image, boxes, sample["image/object/class/label"], sample["image/object/weight"]

      def load(epoch):
          files = sorted(tf.io.gfile.glob(f"tfrecord/view-{epoch %% VIEWS:03d}/*.tfrecord"))
          records = tf.data.TFRecordDataset(files, num_parallel_reads=8)
          return records.map(parse, num_parallel_calls=tf.data.AUTOTUNE)

      def loss(loss_of_each_box, weights):
          return tf.reduce_sum(weights * loss_of_each_box)

      for epoch in range(VIEWS):
          for image, boxes, labels, weights in load(epoch).prefetch(tf.data.AUTOTUNE):
              pass  # images are of many sizes: pad or resize them to batch them
      ```
      """;

  private TfRecordBoxCard() {}

  static String of(ManifestHeader header) {
    String encoding = header.option("output.encoding");
    int offset = Integer.parseInt(header.option("label.offset"));
    return KEYS.formatted(TfRecordCard.meaning(encoding), encoding, offset)
        + SCRIPT.formatted(header.views(), decoded(encoding));
  }

  private static String decoded(String encoding) {
    return switch (encoding) {
      case "raw", "float32" ->
          """
          tf.reshape(tf.io.decode_raw(sample["image/encoded"], tf.%s),
                             [sample["image/height"], sample["image/width"], 3])"""
              .formatted(encoding.equals("raw") ? "uint8" : encoding);
      default ->
          "tf.io.decode_image(sample[\"image/encoded\"], channels=3, expand_animations=False)";
    };
  }
}
