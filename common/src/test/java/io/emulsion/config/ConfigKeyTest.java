package io.emulsion.config;

import static io.emulsion.config.Configs.with;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeyTest {
  /** A value of each key that is not its default; none where this release has one meaning only. */
  private static final Map<ConfigKey, String> OTHERS =
      Map.ofEntries(
          entry(ConfigKey.TASK, "detection"),
          entry(ConfigKey.INPUT_FORMAT, "yolo"),
          entry(ConfigKey.INPUT_PATH, "elsewhere"),
          entry(ConfigKey.INPUT_ANNOTATIONS, "elsewhere"),
          entry(ConfigKey.INPUT_IMAGE_SET, "Main/val"),
          entry(ConfigKey.INPUT_ON_BAD_BOX, "drop"),
          entry(ConfigKey.INPUT_ON_BAD, "fail"),
          entry(ConfigKey.INPUT_MAX_BAD_FRACTION, "0.5"),
          entry(ConfigKey.LABEL_CLASSES, "names.txt"),
          entry(ConfigKey.LABEL_OFFSET, "1"),
          entry(ConfigKey.LABEL_SMOOTHING, "0.1"),
          entry(ConfigKey.LABEL_SOFT, "float32"),
          entry(ConfigKey.LABEL_MIN_WEIGHT, "0.1"),
          entry(ConfigKey.INPUT_STRICT, "true"),
          entry(ConfigKey.IMAGE_SIZE, "[256, 255]"),
          entry(ConfigKey.IMAGE_RESIZE, "stretch"),
          entry(ConfigKey.IMAGE_FILTER, "area"),
          entry(ConfigKey.IMAGE_AUGMENT, "[flip]"),
          entry(ConfigKey.IMAGE_BACKGROUND, "white"),
          entry(ConfigKey.IMAGE_EXIF, "ignore"),
          entry(ConfigKey.IMAGE_MAX_PIXELS, "1000"),
          entry(ConfigKey.MIX_LAMBDA_DISTRIBUTION, "uniform"),
          entry(ConfigKey.MIX_LAMBDA_ALPHA, "0.2"),
          entry(ConfigKey.MIX_LAMBDA_BETA, "0.2"),
          entry(ConfigKey.MIX_LAMBDA_LOW, "0.2"),
          entry(ConfigKey.MIX_LAMBDA_HIGH, "0.8"),
          entry(ConfigKey.MIX_LAMBDA_VALUE, "0.2"),
          entry(ConfigKey.MIX_LAMBDA_FOLD, "true"),
          entry(ConfigKey.MIX_PARTNER, "other-class"),
          entry(ConfigKey.MIX_SCOPE, "batch"),
          entry(ConfigKey.MIX_BATCH_SAMPLES, "64"),
          entry(ConfigKey.MIX_PROBABILITY, "0.5"),
          entry(ConfigKey.MIX_UNMIXED_VIEWS, "1"),
          entry(ConfigKey.MIX_VIEWS, "2"),
          entry(ConfigKey.MIX_VIEWS_PER_PASS, "3"),
          entry(ConfigKey.MIX_BLOCK_SAMPLES, "257"),
          entry(ConfigKey.MIX_SEED, "-9223372036854775808"),
          entry(ConfigKey.MIX_CACHE_BYTES, "1g"),
          entry(ConfigKey.OUTPUT_PATH, "elsewhere"),
          entry(ConfigKey.OUTPUT_FORMAT, "[parquet, tfrecord]"),
          entry(ConfigKey.OUTPUT_ENCODING, "png"),
          entry(ConfigKey.OUTPUT_QUALITY, "94"),
          entry(ConfigKey.OUTPUT_MEAN, "[0.485, 0.456, 0.406]"),
          entry(ConfigKey.OUTPUT_STD, "0.5"),
          entry(ConfigKey.OUTPUT_SPLIT, "val_2-b"),
          entry(ConfigKey.OUTPUT_OVERWRITE, "true"),
          entry(ConfigKey.OUTPUT_APPEND, "true"),
          entry(ConfigKey.OUTPUT_PUBLISH, "rename"),
          entry(ConfigKey.OUTPUT_SHARD_SAMPLES, "32"),
          entry(ConfigKey.READ_IN_FLIGHT, "1"));

  /** What keys need to be allowed. */
  private static final Map<ConfigKey, String[]> NEEDS =
      Map.of(
          ConfigKey.INPUT_FORMAT,
          Configs.DETECTION,
          ConfigKey.INPUT_ANNOTATIONS,
          Configs.DETECTION,
          ConfigKey.INPUT_IMAGE_SET,
          new String[] {"task=detection", "input.format=voc"},
          ConfigKey.INPUT_ON_BAD_BOX,
          Configs.DETECTION,
          ConfigKey.LABEL_MIN_WEIGHT,
          Configs.DETECTION,
          ConfigKey.LABEL_SMOOTHING,
          new String[] {"label.soft=float32"},
          ConfigKey.OUTPUT_MEAN,
          new String[] {"output.encoding=float32"},
          ConfigKey.OUTPUT_STD,
          new String[] {"output.encoding=float32"});

  private static EmulsionConfig base(ConfigKey key) {
    return with(NEEDS.getOrDefault(key, new String[0]));
  }

  private static EmulsionConfig other(ConfigKey key) {
    List<String> settings = new ArrayList<>(List.of(NEEDS.getOrDefault(key, new String[0])));
    if (key == ConfigKey.TASK) {
      settings.addAll(List.of(Configs.DETECTION)); // a task alone has no input
    }
    settings.add(key + "=" + OTHERS.get(key));
    return with(settings.toArray(String[]::new));
  }

  private static final Set<ConfigKey> WITHOUT_EFFECT_ON_BYTES =
      EnumSet.of(
          ConfigKey.INPUT_PATH,
          ConfigKey.INPUT_ANNOTATIONS,
          ConfigKey.INPUT_IMAGE_SET,
          ConfigKey.INPUT_ON_BAD,
          ConfigKey.INPUT_MAX_BAD_FRACTION,
          ConfigKey.LABEL_CLASSES,
          ConfigKey.MIX_CACHE_BYTES,
          ConfigKey.OUTPUT_PATH,
          ConfigKey.OUTPUT_OVERWRITE,
          ConfigKey.OUTPUT_APPEND,
          ConfigKey.OUTPUT_PUBLISH,
          ConfigKey.READ_IN_FLIGHT);

  @ParameterizedTest
  @EnumSource
  void everyKeyChangesTheConfiguration(ConfigKey key) {
    assertThat(other(key)).isNotEqualTo(base(key));
  }

  @ParameterizedTest
  @EnumSource
  void canonicalTextChangesIfAndOnlyIfTheKeyDecidesBytes(ConfigKey key) {
    assertThat(key.decidesBytes()).isNotEqualTo(WITHOUT_EFFECT_ON_BYTES.contains(key));
    assertThat(with().canonical().containsKey(key.key())).isEqualTo(key.decidesBytes());
    assertThat(other(key).canonical().equals(base(key).canonical()))
        .isNotEqualTo(key.decidesBytes());
  }

  @ParameterizedTest
  @EnumSource
  void everyDefaultIsWhatHoldsWhenTheKeyIsLeftOut(ConfigKey key) {
    key.defaultText()
        .ifPresentOrElse(
            text -> assertThat(with(key + "=" + text)).isEqualTo(with()),
            () -> assertThat(key).isIn(ConfigKey.INPUT_PATH, ConfigKey.OUTPUT_PATH));
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyIsDescribedInOneLine(ConfigKey key) {
    assertThat(key.description()).isNotBlank().hasSizeLessThan(100).doesNotContain("\n", "|");
    assertThat(key.key()).matches("[a-z]+([.-][a-z]+)*");
    assertThat(ConfigKey.named(key.key())).contains(key);
  }

  @Test
  void noKeyIsAlsoAGroup() {
    assertThat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key))
        .doesNotContainAnyElementsOf(ConfigKey.sections())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesTheValue(ConfigKey key, String value, String problem) {
    String set = key + "=" + value;
    assertThatThrownBy(() -> with(set))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("--set %s: %s %s", set, key, problem)
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void refusesCombinationsThatMeanNothing() {
    assertThatThrownBy(() -> with("mix.scope=batch", "mix.partner=other-class"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageEndingWith(
            "mix.partner must be uniform where mix.scope is batch, but is other-class");
    assertThatThrownBy(() -> with("mix.scope=batch", "mix.batch-samples=257"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageEndingWith(
            "mix.batch-samples must not be above mix.block-samples, but is 257 of 256: raise"
                + " mix.block-samples");
    assertThatThrownBy(() -> with("mix.lambda.low=0.6", "mix.lambda.high=0.5"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageEndingWith(
            "mix.lambda.low must not be above mix.lambda.high, but is 0.6 of 0.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image.resize=crop | image.resize must be none or stretch or letterbox where task is"
            + " detection, since a crop cuts boxes, but is crop",
        "image.size=224 | image.size is of image.resize stretch and letterbox, but that is none:"
            + " leave it out or set one of them",
        "image.augment=[random-resized-crop, flip] | image.augment must be none or flip where task"
            + " is detection, since a crop cuts boxes, but names random-resized-crop",
        "mix.scope=batch | mix.scope must be sample where task is detection, but is batch",
        "mix.partner=other-class | mix.partner must be uniform where task is detection, whose images"
            + " have no class of their own, but is other-class",
        "label.soft=float32 | label.soft must be none where task is detection, whose boxes have"
            + " weights, but is float32"
      })
  void refusesWhatDetectionCannotDo(String set, String problem) {
    assertThatThrownBy(() -> with("task=detection", "input.format=voc", set))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("--set %s: %s", set, problem);
  }

  @Test
  void filesAreEncodedImagesOfDetection() {
    assertThat(
            detection("output.format=[files, tfrecord]", "output.encoding=png").output().formats())
        .containsExactly("files", "tfrecord");
    for (String encoding : List.of("raw", "float32")) {
      assertThatThrownBy(() -> detection("output.format=files", "output.encoding=" + encoding))
          .isInstanceOf(EmulsionException.class)
          .hasMessageEndingWith(
              "output.encoding must be jpeg or png where output.format is files, since loaders open"
                  + " these, but is "
                  + encoding);
    }
    assertThatThrownBy(() -> with("output.format=[parquet, files]"))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            "--set output.format=[parquet, files]: output.format files is of task detection, but task"
                + " is classification: choose tfrecord or parquet, which classifiers read");
  }

  private static EmulsionConfig detection(String... more) {
    return with(
        Stream.concat(Stream.of(Configs.DETECTION), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void detectionNeedsAnInputWithBoxes() {
    assertThatThrownBy(() -> with("task=detection", "input.format=image-folder"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageEndingWith(
            ": input.format must be coco or voc or yolo where task is detection, but is"
                + " image-folder, which has no boxes: set it, or set task to classification");
    assertThatThrownBy(() -> with("task=detection", "input.format=coco"))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("input.annotations must name the JSON file where input.format is coco");
    assertThat(with("task=detection", "input.format=coco", "input.annotations=a.json").input())
        .isEqualTo(
            new InputOptions(
                InputOptions.Format.COCO,
                List.of("photos"),
                "a.json",
                null,
                BadBoxes.CLIP,
                false,
                0.01));
  }

  @Test
  void detectionKeepsImagesAsTheyAreStored() {
    EmulsionConfig config = with(Configs.DETECTION);
    assertThat(config.canvas().fit()).isEqualTo(CanvasOptions.Fit.NONE);
    assertThat(config.decode().applyExif()).isFalse();
    assertThat(with("task=detection", "input.format=voc", "image.exif=apply").decode().applyExif())
        .isTrue();
    assertThat(
            with("task=detection", "input.format=voc", "image.resize=letterbox", "image.size=224")
                .canvas()
                .height())
        .isEqualTo(224);
  }

  @Test
  void everyKeyHasARefusedValue() {
    assertThat(refusals().map(arguments -> (ConfigKey) arguments.get()[0]))
        .containsAll(List.of(ConfigKey.values()));
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            ConfigKey.TASK, "detector", "must be classification or detection, but is 'detector'"),
        Arguments.of(
            ConfigKey.INPUT_FORMAT,
            "COCO",
            "must be image-folder or coco or voc or yolo, but is 'COCO'"),
        Arguments.of(
            ConfigKey.INPUT_FORMAT,
            "coco",
            "must be image-folder where task is classification, but is coco, which has boxes: set"
                + " task to detection"),
        Arguments.of(ConfigKey.INPUT_ANNOTATIONS, "''", "must not be empty"),
        Arguments.of(
            ConfigKey.INPUT_ANNOTATIONS,
            "boxes.json",
            "is of boxes, but task is classification: leave it out or set task to detection"),
        Arguments.of(
            ConfigKey.INPUT_IMAGE_SET,
            "../val",
            "must be the name of a list below ImageSets, but is '../val'"),
        Arguments.of(
            ConfigKey.INPUT_IMAGE_SET,
            "''",
            "must be the name of a list below ImageSets, but is ''"),
        Arguments.of(
            ConfigKey.INPUT_IMAGE_SET,
            "val",
            "is of VOC's ImageSets, but input.format is image-folder: leave it out"),
        Arguments.of(
            ConfigKey.INPUT_ON_BAD_BOX, "keep", "must be clip or drop or fail, but is 'keep'"),
        Arguments.of(
            ConfigKey.INPUT_ON_BAD_BOX,
            "drop",
            "is of boxes, but task is classification: leave it out or set task to detection"),
        Arguments.of(ConfigKey.INPUT_PATH, "''", "must not be empty"),
        Arguments.of(ConfigKey.INPUT_PATH, "[]", "has an empty list: name at least one"),
        Arguments.of(ConfigKey.INPUT_PATH, "[a, b, a//]", "names 'a//' twice: name it once"),
        Arguments.of(
            ConfigKey.INPUT_PATH,
            "[a, [b]]",
            "must be one value or a list of values, but holds a list of lists"),
        Arguments.of(ConfigKey.INPUT_ON_BAD, "skip", "must be quarantine or fail, but is 'skip'"),
        Arguments.of(ConfigKey.INPUT_MAX_BAD_FRACTION, "1.1", "must be from 0 to 1, but is 1.1"),
        Arguments.of(ConfigKey.INPUT_MAX_BAD_FRACTION, "1%", "must be a number, but is '1%'"),
        Arguments.of(ConfigKey.LABEL_CLASSES, "' '", "must not be empty"),
        Arguments.of(ConfigKey.LABEL_OFFSET, "-1", "must be from 0 to 1000000, but is -1"),
        Arguments.of(
            ConfigKey.LABEL_OFFSET, "1000001", "must be from 0 to 1000000, but is 1000001"),
        Arguments.of(ConfigKey.LABEL_MIN_WEIGHT, "1.1", "must be from 0 to 1, but is 1.1"),
        Arguments.of(
            ConfigKey.LABEL_MIN_WEIGHT,
            "0.1",
            "is of the boxes of task detection, but task is classification: leave it out"),
        Arguments.of(ConfigKey.LABEL_SMOOTHING, "1", "must be at least 0 and below 1, but is 1.0"),
        Arguments.of(
            ConfigKey.LABEL_SMOOTHING,
            "0.1",
            "is of soft labels, but label.soft is none: set label.soft to float32, or leave"
                + " label.smoothing out and smooth in the loss"),
        Arguments.of(ConfigKey.LABEL_SOFT, "true", "must be none or float32, but is 'true'"),
        Arguments.of(
            ConfigKey.INPUT_STRICT,
            "yes",
            "must be true or false (yes, no, on and off are text here), but is 'yes'"),
        Arguments.of(
            ConfigKey.IMAGE_SIZE, "[1, 8193]", "must be from 1 to 8192 a side, but is [1, 8193]"),
        Arguments.of(
            ConfigKey.IMAGE_SIZE, "[1, 2, 3]", "must be one number or [height, width], but has 3"),
        Arguments.of(ConfigKey.IMAGE_SIZE, "9x9", "must be a whole number, but is '9x9'"),
        Arguments.of(
            ConfigKey.IMAGE_RESIZE,
            "CROP",
            "must be crop or stretch or letterbox or none, but is 'CROP'"),
        Arguments.of(ConfigKey.IMAGE_FILTER, "box", "must be bilinear or area, but is 'box'"),
        Arguments.of(
            ConfigKey.IMAGE_RESIZE,
            "none",
            "must be crop or stretch or letterbox where task is classification, whose images are all of"
                + " one size, but is none"),
        Arguments.of(
            ConfigKey.IMAGE_AUGMENT,
            "[flip, crop]",
            "must be none or random-resized-crop or flip, but is 'crop'"),
        Arguments.of(ConfigKey.IMAGE_AUGMENT, "[flip, flip]", "names flip twice"),
        Arguments.of(
            ConfigKey.IMAGE_AUGMENT,
            "[flip, none]",
            "must be none or a list without it, but is [flip, none]"),
        Arguments.of(ConfigKey.IMAGE_AUGMENT, "[]", "has an empty list: name at least one"),
        Arguments.of(ConfigKey.IMAGE_BACKGROUND, "grey", "must be black or white, but is 'grey'"),
        Arguments.of(
            ConfigKey.IMAGE_EXIF, "true", "must be auto or apply or ignore, but is 'true'"),
        Arguments.of(ConfigKey.IMAGE_MAX_PIXELS, "0", "must be from 1 to 1073741823, but is 0"),
        Arguments.of(
            ConfigKey.IMAGE_MAX_PIXELS,
            "1073741824",
            "must be from 1 to 1073741823, but is 1073741824"),
        Arguments.of(
            ConfigKey.MIX_LAMBDA_DISTRIBUTION,
            "normal",
            "must be beta or uniform or constant, but is 'normal'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_BETA, "0", "must be from 0.001 to 1000, but is 0.0"),
        Arguments.of(ConfigKey.MIX_LAMBDA_BETA, "gamma", "must be a number, but is 'gamma'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_LOW, "-0.1", "must be from 0 to 1, but is -0.1"),
        Arguments.of(ConfigKey.MIX_LAMBDA_HIGH, "1.1", "must be from 0 to 1, but is 1.1"),
        Arguments.of(ConfigKey.MIX_LAMBDA_VALUE, "2", "must be from 0 to 1, but is 2.0"),
        Arguments.of(
            ConfigKey.MIX_LAMBDA_FOLD,
            "no",
            "must be true or false (yes, no, on and off are text here), but is 'no'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "0", "must be from 0.001 to 1000, but is 0.0"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "-1", "must be from 0.001 to 1000, but is -1.0"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "NaN", "must be a number, but is 'NaN'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, ".inf", "must be a number, but is '.inf'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "1e9", "must be from 0.001 to 1000, but is 1.0E9"),
        Arguments.of(
            ConfigKey.MIX_LAMBDA_ALPHA,
            "1e999999999",
            "must be from 0.001 to 1000, but is Infinity"),
        Arguments.of(
            ConfigKey.MIX_PARTNER, "other", "must be uniform or other-class, but is 'other'"),
        Arguments.of(ConfigKey.MIX_SCOPE, "view", "must be sample or batch, but is 'view'"),
        Arguments.of(ConfigKey.MIX_BATCH_SAMPLES, "1", "must be from 2 to 65536, but is 1"),
        Arguments.of(ConfigKey.MIX_PROBABILITY, "1.5", "must be from 0 to 1, but is 1.5"),
        Arguments.of(ConfigKey.MIX_UNMIXED_VIEWS, "-1", "must be at least 0, but is -1"),
        Arguments.of(
            ConfigKey.MIX_UNMIXED_VIEWS, "2", "must not be above mix.views, but is 2 of 1"),
        Arguments.of(ConfigKey.MIX_VIEWS, "0", "must be from 1 to 999, but is 0"),
        Arguments.of(ConfigKey.MIX_VIEWS, "two", "must be a whole number, but is 'two'"),
        Arguments.of(ConfigKey.MIX_VIEWS, "2.0", "must be a whole number, but is '2.0'"),
        Arguments.of(ConfigKey.MIX_VIEWS, "010", "must be a whole number, but is '010'"),
        Arguments.of(ConfigKey.MIX_VIEWS, "4294967297", "is out of range: 4294967297"),
        Arguments.of(ConfigKey.MIX_VIEWS, "[2]", "must be one value, but is a list"),
        Arguments.of(ConfigKey.MIX_VIEWS, "{a: 2}", "must be one value, but holds keys"),
        Arguments.of(ConfigKey.MIX_VIEWS, "", "has no value: give one or leave the key out"),
        Arguments.of(ConfigKey.MIX_VIEWS_PER_PASS, "65", "must be from 1 to 64, but is 65"),
        Arguments.of(ConfigKey.MIX_BLOCK_SAMPLES, "1", "must be from 2 to 65536, but is 1"),
        Arguments.of(
            ConfigKey.MIX_SEED,
            "9223372036854775808",
            "must fit 64 bits, but is 9223372036854775808"),
        Arguments.of(
            ConfigKey.MIX_CACHE_BYTES,
            "1.5g",
            "must be bytes, or a number with k, m or g, but is '1.5g'"),
        Arguments.of(
            ConfigKey.MIX_CACHE_BYTES,
            "1025g",
            "must be from 0 to 1024g, but is 1100585369600 bytes"),
        Arguments.of(
            ConfigKey.MIX_CACHE_BYTES, "9999999999999g", "is out of range: 9999999999999g"),
        Arguments.of(ConfigKey.READ_IN_FLIGHT, "0", "must be from 1 to 256, but is 0"),
        Arguments.of(ConfigKey.READ_IN_FLIGHT, "257", "must be from 1 to 256, but is 257"),
        Arguments.of(ConfigKey.OUTPUT_PATH, "' '", "must not be empty"),
        Arguments.of(ConfigKey.OUTPUT_PATH, "[a, b]", "must be one value, but is a list"),
        Arguments.of(ConfigKey.OUTPUT_FORMAT, "[a, b, a]", "names a format twice: [a, a, b]"),
        Arguments.of(
            ConfigKey.OUTPUT_ENCODING,
            "jpg",
            "must be jpeg or png or raw or float32, but is 'jpg'"),
        Arguments.of(
            ConfigKey.OUTPUT_MEAN,
            "0.5",
            "is of output.encoding float32, but that is jpeg: leave it out or set that"),
        Arguments.of(
            ConfigKey.OUTPUT_MEAN,
            "123.675",
            "must be from 0 to 1, as pixels are from 0 to 1, but is 123.675"),
        Arguments.of(ConfigKey.OUTPUT_MEAN, "[0.1, a, 1]", "must be a number, but is 'a'"),
        Arguments.of(
            ConfigKey.OUTPUT_STD,
            "[0.5, 0.5]",
            "must be one number or three, for red, green and blue, but has 2"),
        Arguments.of(
            ConfigKey.OUTPUT_STD,
            "0",
            "must be from 0.0001 to 1, as pixels are from 0 to 1, but is 0.0"),
        Arguments.of(
            ConfigKey.OUTPUT_STD,
            "0.2",
            "is of output.encoding float32, but that is jpeg: leave it out or set that"),
        Arguments.of(ConfigKey.OUTPUT_QUALITY, "101", "must be from 1 to 100, but is 101"),
        Arguments.of(
            ConfigKey.OUTPUT_SPLIT,
            "-a",
            "must be 1 to 64 letters, digits, _ or -, without - in front, but is '-a'"),
        Arguments.of(
            ConfigKey.OUTPUT_SPLIT,
            "a/b",
            "must be 1 to 64 letters, digits, _ or -, without - in front, but is 'a/b'"),
        Arguments.of(
            ConfigKey.OUTPUT_OVERWRITE,
            "yes",
            "must be true or false (yes, no, on and off are text here), but is 'yes'"),
        Arguments.of(
            ConfigKey.OUTPUT_APPEND,
            "1",
            "must be true or false (yes, no, on and off are text here), but is '1'"),
        Arguments.of(
            ConfigKey.OUTPUT_PUBLISH, "copy", "must be auto or rename or direct, but is 'copy'"),
        Arguments.of(ConfigKey.OUTPUT_SHARD_SAMPLES, "31", "must be auto or from 32, but is 31"),
        Arguments.of(ConfigKey.OUTPUT_SHARD_SAMPLES, "0", "must be auto or from 32, but is 0"));
  }
}
