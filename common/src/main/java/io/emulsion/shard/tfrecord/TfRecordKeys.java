package io.emulsion.shard.tfrecord;

/**
 * The keys of a record; each is in every record, with one value, but {@link #SOFT}, and but those
 * of classes, which records with boxes ({@link ObjectKeys}) have not. Class numbers have the data
 * set's label offset added. TF-slim's names where it has one.
 */
final class TfRecordKeys {
  /** int64: class of the heavier image, on a tie the first's. */
  static final String LABEL = "image/class/label";

  /** int64: class of the first image. */
  static final String LABEL_A = "image/class/label_a";

  /** int64: class of the partner. */
  static final String LABEL_B = "image/class/label_b";

  /** float: the share of each class; only in data sets with soft labels. */
  static final String SOFT = "image/class/soft";

  /** bytes: name of the class in {@link #LABEL}, UTF-8. */
  static final String TEXT = "image/class/text";

  /** bytes: the encoded image. */
  static final String ENCODED = "image/encoded";

  /** bytes: the record's key, {@code v000-00012-00345}: view, shard, position. */
  static final String FILENAME = "image/filename";

  /** bytes: {@code jpeg}, {@code png}, {@code raw} or {@code float32}. */
  static final String FORMAT = "image/format";

  /** int64: pixels. */
  static final String HEIGHT = "image/height";

  /** bytes: id of the first image, UTF-8. */
  static final String ID_A = "image/mixup/id_a";

  /** bytes: id of the partner, UTF-8. */
  static final String ID_B = "image/mixup/id_b";

  /** float: share of the first image. */
  static final String LAMBDA = "image/mixup/lambda";

  /** int64: number of the view, from 0. */
  static final String VIEW = "image/mixup/view";

  /** int64: pixels. */
  static final String WIDTH = "image/width";

  private TfRecordKeys() {}
}
