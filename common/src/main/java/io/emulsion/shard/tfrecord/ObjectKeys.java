package io.emulsion.shard.tfrecord;

/**
 * The keys of a record's boxes: the names of TensorFlow's object detection API, and {@link
 * #SOURCE}. Each is in every record, with a value for each box, the first image's in front; those
 * of a class have the data set's label offset added.
 */
final class ObjectKeys {
  /** float: square pixels as the source has it, or else the rectangle's. */
  static final String AREA = "image/object/area";

  /** float: right side, as a share of the image's width. */
  static final String X_MAX = "image/object/bbox/xmax";

  /** float: left side, as a share of the image's width. */
  static final String X_MIN = "image/object/bbox/xmin";

  /** float: lower side, as a share of the image's height. */
  static final String Y_MAX = "image/object/bbox/ymax";

  /** float: upper side, as a share of the image's height. */
  static final String Y_MIN = "image/object/bbox/ymin";

  /** int64: class. */
  static final String LABEL = "image/object/class/label";

  /** bytes: name of the class, UTF-8. */
  static final String TEXT = "image/object/class/text";

  /** int64: 1 where the source calls it difficult, else 0. */
  static final String DIFFICULT = "image/object/difficult";

  /** int64: 1 where the box is around a crowd, else 0. */
  static final String IS_CROWD = "image/object/is_crowd";

  /** int64: 0 for a box of the first image, 1 for one of the partner. */
  static final String SOURCE = "image/object/source";

  /** float: share in the loss. */
  static final String WEIGHT = "image/object/weight";

  /** bytes: the record's key once more; the one value of a record. */
  static final String SOURCE_ID = "image/source_id";

  private ObjectKeys() {}
}
