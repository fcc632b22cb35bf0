package io.emulsion.shard;

/** The data card's part on TFRecord: keys, and how TensorFlow loads them. */
final class TfRecordCard {
  private static final String KEYS =
      """

      ## TFRecord

      One `tf.Example` a record, not compressed. Glob `tfrecord/view-000/*.tfrecord`, not the folder:
      storage systems put other files beside the shards.

      | key | kind | meaning |
      |---|---|---|
      | `image/encoded` | bytes | the image, %1$s |
      | `image/format` | bytes | `%2$s` |
      | `image/height`, `image/width` | int64 | pixels |
      | `image/class/label_a` | int64 | class of the first image, from %3$d |
      | `image/class/label_b` | int64 | class of the partner, from %3$d |
      """;

  private static final String SOFT_KEY =
      """
      | `image/class/soft` | float, %d values | the share of each class, in the order of `labels.txt`; their sum is 1 |
      """;

  private static final String MORE_KEYS =
      """
      | `image/mixup/lambda` | float | share of the first image, from 0 to 1 |
      | `image/class/label` | int64 | class of the heavier image; on a tie the first's |
      | `image/class/text` | bytes | name of that class |
      | `image/filename` | bytes | unique key: view, shard and position, as in `v000-00012-00345` |
      | `image/mixup/id_a`, `image/mixup/id_b` | bytes | where both came from: paths in the input |
      | `image/mixup/view` | int64 | number of the view |

      A sample that is not mixed has itself as partner: `label_b` = `label_a`, lambda 1.

      To be run in the folder of this file:

      """;

  private static final String SCRIPT =
      """
      ```python
      import tensorflow as tf

      VIEWS = %d
      SPEC = {
          "image/encoded": tf.io.FixedLenFeature([], tf.string),
      %s}

      def parse(record):
          sample = tf.io.parse_single_example(record, SPEC)
          image = %s
          return %s

      def load(epoch):
          files = sorted(tf.io.gfile.glob(f"tfrecord/view-{epoch %% VIEWS:03d}/*.tfrecord"))
          records = tf.data.TFRecordDataset(files, num_parallel_reads=8)
          return records.map(parse, num_parallel_calls=tf.data.AUTOTUNE)

      %s
      for epoch in range(VIEWS):
          for %s in load(epoch).batch(256).prefetch(tf.data.AUTOTUNE):
              pass  # one step of training
      ```
      """;

  private static final String HARD_SPEC =
      """
          "image/class/label_a": tf.io.FixedLenFeature([], tf.int64),
          "image/class/label_b": tf.io.FixedLenFeature([], tf.int64),
          "image/mixup/lambda": tf.io.FixedLenFeature([], tf.float32),
      """;

  private static final String HARD_RESULT =
      """
      (image, sample["image/class/label_a"], sample["image/class/label_b"],
                  sample["image/mixup/lambda"])""";

  private static final String HARD_LOSS =
      """
      def loss(logits, label_a, label_b, lam):
          cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
          return (lam * cross_entropy(label_a, logits)
                  + (1 - lam) * cross_entropy(label_b, logits))
      """;

  private static final String SOFT_SPEC =
      """
          "image/class/soft": tf.io.FixedLenFeature([%d], tf.float32),
      """;

  private static final String SOFT_LOSS =
      """
      def loss(logits, soft):
          return tf.nn.softmax_cross_entropy_with_logits(soft, logits)
      """;

  private TfRecordCard() {}

  static String of(ManifestHeader header) {
    boolean soft = !header.option("label.soft").equals("none");
    String encoding = header.option("output.encoding");
    int offset = Integer.parseInt(header.option("label.offset"));
    return KEYS.formatted(meaning(encoding), encoding, offset)
        + (soft ? SOFT_KEY.formatted(header.classes()) : "")
        + MORE_KEYS
        + script(header, soft, decoded(encoding, header.option("image.size")));
  }

  static String meaning(String encoding) {
    return switch (encoding) {
      case "raw", "float32" -> PixelText.of(encoding);
      default -> "as `image/format` says";
    };
  }

  /**
   * @param size as the option has it: {@code [256, 256]}
   */
  private static String decoded(String encoding, String size) {
    String type = encoding.equals("raw") ? "uint8" : encoding;
    String shape = size.replace("]", ", 3]");
    return switch (encoding) {
      case "raw", "float32" ->
          "tf.reshape(tf.io.decode_raw(sample[\"image/encoded\"], tf.%s), %s)"
              .formatted(type, shape);
      default ->
          "tf.io.decode_image(sample[\"image/encoded\"], channels=3, expand_animations=False)";
    };
  }

  private static String script(ManifestHeader header, boolean soft, String decoded) {
    return SCRIPT.formatted(
        header.views(),
        soft ? SOFT_SPEC.formatted(header.classes()) : HARD_SPEC,
        decoded,
        soft ? "image, sample[\"image/class/soft\"]" : HARD_RESULT,
        soft ? SOFT_LOSS : HARD_LOSS,
        soft ? "image, soft" : "image, label_a, label_b, lam");
  }
}
