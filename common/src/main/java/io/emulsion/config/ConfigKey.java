package io.emulsion.config;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every option of this release; what is not here is refused as unknown. */
public enum ConfigKey {
  TASK(
      "task",
      "classification",
      Decides.BYTES,
      "classification: a class for each image; detection: boxes, each with a class"),

  INPUT_FORMAT(
      "input.format",
      "image-folder",
      Decides.BYTES,
      "image-folder: one folder for each class; for detection coco, voc or yolo"),
  INPUT_PATH(
      "input.path",
      null,
      Decides.NO_BYTES,
      "folder of the class folders, or of the images of a detection, or a list; required"),
  INPUT_ANNOTATIONS(
      "input.annotations",
      "auto",
      Decides.NO_BYTES,
      "coco: the JSON file; voc, yolo: folder of the annotations, auto: beside the images"),
  INPUT_IMAGE_SET(
      "input.image-set",
      "none",
      Decides.NO_BYTES,
      "voc: name of a list in ImageSets/Main, as trainval, whose images are taken; none: all"),
  INPUT_ON_BAD_BOX(
      "input.on-bad-box",
      "clip",
      Decides.BYTES,
      "boxes that do not fit: clip, or left out if that is no help; drop leaves out; fail stops"),
  INPUT_ON_BAD(
      "input.on-bad",
      "quarantine",
      Decides.NO_BYTES,
      "quarantine lists unusable images and goes on; fail stops at the first"),
  INPUT_MAX_BAD_FRACTION(
      "input.max-bad-fraction",
      "0.01",
      Decides.NO_BYTES,
      "share of unusable images, 0 to 1, above which the job stops"),
  INPUT_STRICT(
      "input.strict",
      "false",
      Decides.BYTES,
      "true: a JPEG that decoders only warn about is unusable too; decodes twice"),

  LABEL_CLASSES(
      "label.classes",
      "none",
      Decides.NO_BYTES,
      "file of class names, one a line, in the order of their numbers; none: the folders, sorted"),
  LABEL_OFFSET(
      "label.offset", "0", Decides.BYTES, "added to every stored class number, 0 to 1000000"),
  LABEL_SMOOTHING(
      "label.smoothing",
      "0.0",
      Decides.BYTES,
      "share of a soft label that is spread over all classes, from 0 to below 1"),
  LABEL_SOFT(
      "label.soft",
      "none",
      Decides.BYTES,
      "none, or float32: each record also holds the share of every class"),
  LABEL_MIN_WEIGHT(
      "label.min-weight",
      "0.0",
      Decides.BYTES,
      "of detection: boxes with a weight below it are left out, 0 to 1; for loaders without weights"),

  IMAGE_SIZE(
      "image.size",
      "256",
      Decides.BYTES,
      "pixels a side, or [height, width]; 1 to 8192 each; not where image.resize is none"),
  IMAGE_RESIZE(
      "image.resize",
      "auto",
      Decides.BYTES,
      "crop (classification), stretch, letterbox, none (detection); auto: as the task in brackets"),
  IMAGE_FILTER(
      "image.filter",
      "bilinear",
      Decides.BYTES,
      "bilinear: as Pillow and torchvision; area: as OpenCV's INTER_AREA"),
  IMAGE_AUGMENT(
      "image.augment",
      "none",
      Decides.BYTES,
      "drawn anew in each view: none, or of random-resized-crop (in place of resize) and flip"),
  IMAGE_BACKGROUND(
      "image.background",
      "black",
      Decides.BYTES,
      "under transparent pixels and around letterbox: black, white"),
  IMAGE_EXIF(
      "image.exif",
      "auto",
      Decides.BYTES,
      "EXIF orientation: apply or ignore; auto applies it for classification only"),
  IMAGE_MAX_PIXELS(
      "image.max-pixels",
      "89478485",
      Decides.BYTES,
      "pixels, 1 to 1073741823; a larger image is unusable"),

  MIX_LAMBDA_DISTRIBUTION(
      "mix.lambda.distribution",
      "beta",
      Decides.BYTES,
      "law of lambda: beta, uniform (low to high) or constant (value)"),
  MIX_LAMBDA_ALPHA(
      "mix.lambda.alpha",
      "1.0",
      Decides.BYTES,
      "of beta, 0.001 to 1000; 1 is uniform, larger draws lambda toward 0.5"),
  MIX_LAMBDA_BETA(
      "mix.lambda.beta",
      "alpha",
      Decides.BYTES,
      "second parameter of beta, 0.001 to 1000; alpha: equal to mix.lambda.alpha"),
  MIX_LAMBDA_LOW("mix.lambda.low", "0.0", Decides.BYTES, "of uniform, 0 to high"),
  MIX_LAMBDA_HIGH(
      "mix.lambda.high", "1.0", Decides.BYTES, "of uniform, low to 1; low = high is allowed"),
  MIX_LAMBDA_VALUE("mix.lambda.value", "0.5", Decides.BYTES, "of constant, 0 to 1"),
  MIX_LAMBDA_FOLD(
      "mix.lambda.fold",
      "false",
      Decides.BYTES,
      "true takes max(l, 1 - l): the first image is the heavier one"),
  MIX_PARTNER(
      "mix.partner",
      "uniform",
      Decides.BYTES,
      "uniform: any other sample of the block; other-class: one of another class"),
  MIX_SCOPE(
      "mix.scope",
      "sample",
      Decides.BYTES,
      "sample: a lambda for each sample; batch: one lambda and one permutation for each batch"),
  MIX_BATCH_SAMPLES(
      "mix.batch-samples",
      "128",
      Decides.BYTES,
      "mean size of a batch, 2 to mix.block-samples; scope batch only"),
  MIX_PROBABILITY(
      "mix.probability", "1.0", Decides.BYTES, "share of samples that are mixed, 0 to 1"),
  MIX_VIEWS("mix.views", "1", Decides.BYTES, "mixed copies of the set, 1 to 999"),
  MIX_VIEWS_PER_PASS(
      "mix.views-per-pass", "4", Decides.BYTES, "views made from one decoding, 1 to 64"),
  MIX_UNMIXED_VIEWS(
      "mix.unmixed-views",
      "0",
      Decides.BYTES,
      "of the views, how many of the last are not mixed; 0 to mix.views"),
  MIX_BLOCK_SAMPLES(
      "mix.block-samples",
      "256",
      Decides.BYTES,
      "samples among which partners are drawn, 2 to 65536"),
  MIX_SEED("mix.seed", "0", Decides.BYTES, "seed of every draw: a whole number of 64 bits"),
  MIX_CACHE_BYTES(
      "mix.cache-bytes",
      "256m",
      Decides.NO_BYTES,
      "memory of a task for decoded images, in bytes or with k, m or g (of 1024); 0 to 1024g"),

  OUTPUT_PATH("output.path", null, Decides.NO_BYTES, "folder of the data set; required"),
  OUTPUT_FORMAT(
      "output.format",
      "tfrecord",
      Decides.BYTES,
      "tfrecord, parquet or files (detection only), or a list that is written at once"),
  OUTPUT_ENCODING(
      "output.encoding",
      "jpeg",
      Decides.BYTES,
      "of the mixed images: jpeg, png, raw (uint8) or float32, both [height, width, RGB]"),
  OUTPUT_QUALITY("output.quality", "95", Decides.BYTES, "of JPEG, 1 to 100; others ignore it"),
  OUTPUT_MEAN(
      "output.mean",
      "0",
      Decides.BYTES,
      "of float32: taken from pixels in 0 to 1; one number, or [red, green, blue]; 0 to 1"),
  OUTPUT_STD(
      "output.std",
      "1",
      Decides.BYTES,
      "of float32: what they are then divided by; one or three numbers, 0.0001 to 1"),
  OUTPUT_SPLIT(
      "output.split",
      "train",
      Decides.BYTES,
      "start of the shards' names: 1 to 64 letters, digits, _ or -, no - in front"),
  OUTPUT_OVERWRITE(
      "output.overwrite", "false", Decides.NO_BYTES, "true replaces another run's data set"),
  OUTPUT_APPEND(
      "output.append",
      "false",
      Decides.NO_BYTES,
      "true adds the views that are missing to a data set made with a smaller mix.views"),
  OUTPUT_PUBLISH(
      "output.publish",
      "auto",
      Decides.NO_BYTES,
      "rename: finished files are renamed; direct: tasks write the final names (S3); auto: by store"),
  OUTPUT_SHARD_SAMPLES(
      "output.shard-samples",
      "auto",
      Decides.BYTES,
      "mean samples of a shard, from 32; auto: a 64th of the set, but 512 to 4096"),

  READ_IN_FLIGHT(
      "read.in-flight",
      "16",
      Decides.NO_BYTES,
      "inputs that a task reads ahead where reads take time, 1 to 256; 1: none");

  private static final List<ConfigKey> LISTS =
      List.of(INPUT_PATH, IMAGE_SIZE, IMAGE_AUGMENT, OUTPUT_FORMAT, OUTPUT_MEAN, OUTPUT_STD);

  private final String key;
  private final @Nullable String defaultText;
  private final boolean decidesBytes;
  private final String description;

  ConfigKey(String key, @Nullable String defaultText, Decides decides, String description) {
    this.key = key;
    this.defaultText = defaultText;
    this.decidesBytes = decides == Decides.BYTES;
    this.description = description;
  }

  /** The name that configurations use, such as {@code mix.views}. */
  public String key() {
    return key;
  }

  /** What holds when the key is not set; empty if it has to be set. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** Whether another value can change the bytes of the data files. */
  public boolean decidesBytes() {
    return decidesBytes;
  }

  /** One line: meaning, values, unit and range. */
  public String description() {
    return description;
  }

  /** Whether a list is accepted too. */
  boolean takesList() {
    return LISTS.contains(this);
  }

  static Optional<ConfigKey> named(String key) {
    return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
  }

  /** What stands before a dot of any key: {@code mix}, {@code mix.lambda}; in table order. */
  static Set<String> sections() {
    Set<String> sections = new LinkedHashSet<>();
    for (ConfigKey known : values()) {
      for (int dot = known.key.indexOf('.'); dot >= 0; dot = known.key.indexOf('.', dot + 1)) {
        sections.add(known.key.substring(0, dot));
      }
    }
    return sections;
  }

  @Override
  public String toString() {
    return key;
  }

  private enum Decides {
    BYTES,
    NO_BYTES
  }
}
