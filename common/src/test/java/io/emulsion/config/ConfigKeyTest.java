package io.emulsion.config;

import static io.emulsion.config.Configs.with;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeyTest {
  /** A value of each key that is not its default; none where this release has one meaning only. */
  private static final Map<ConfigKey, String> OTHERS =
      Map.ofEntries(
          entry(ConfigKey.INPUT_PATH, "elsewhere"),
          entry(ConfigKey.INPUT_ON_BAD, "fail"),
          entry(ConfigKey.INPUT_MAX_BAD_FRACTION, "0.5"),
          entry(ConfigKey.INPUT_STRICT, "true"),
          entry(ConfigKey.IMAGE_SIZE, "[256, 255]"),
          entry(ConfigKey.IMAGE_RESIZE, "stretch"),
          entry(ConfigKey.IMAGE_FILTER, "area"),
          entry(ConfigKey.IMAGE_AUGMENT, "[flip]"),
          entry(ConfigKey.IMAGE_BACKGROUND, "white"),
          entry(ConfigKey.IMAGE_EXIF, "ignore"),
          entry(ConfigKey.IMAGE_MAX_PIXELS, "1000"),
          entry(ConfigKey.MIX_LAMBDA_ALPHA, "0.2"),
          entry(ConfigKey.MIX_VIEWS, "2"),
          entry(ConfigKey.MIX_VIEWS_PER_PASS, "3"),
          entry(ConfigKey.MIX_BLOCK_SAMPLES, "257"),
          entry(ConfigKey.MIX_SEED, "-9223372036854775808"),
          entry(ConfigKey.MIX_CACHE_BYTES, "1g"),
          entry(ConfigKey.OUTPUT_PATH, "elsewhere"),
          entry(ConfigKey.OUTPUT_FORMAT, "[parquet, tfrecord]"),
          entry(ConfigKey.OUTPUT_ENCODING, "png"),
          entry(ConfigKey.OUTPUT_QUALITY, "94"),
          entry(ConfigKey.OUTPUT_SPLIT, "val_2-b"),
          entry(ConfigKey.OUTPUT_OVERWRITE, "true"),
          entry(ConfigKey.OUTPUT_SHARD_SAMPLES, "32"));

  private static final Set<ConfigKey> OF_ONE_MEANING =
      EnumSet.of(
          ConfigKey.TASK,
          ConfigKey.INPUT_FORMAT,
          ConfigKey.MIX_LAMBDA_DISTRIBUTION,
          ConfigKey.MIX_PARTNER,
          ConfigKey.MIX_SCOPE,
          ConfigKey.OUTPUT_PUBLISH);

  private static final Set<ConfigKey> WITHOUT_EFFECT_ON_BYTES =
      EnumSet.of(
          ConfigKey.INPUT_PATH,
          ConfigKey.INPUT_ON_BAD,
          ConfigKey.INPUT_MAX_BAD_FRACTION,
          ConfigKey.MIX_CACHE_BYTES,
          ConfigKey.OUTPUT_PATH,
          ConfigKey.OUTPUT_OVERWRITE,
          ConfigKey.OUTPUT_PUBLISH);

  @ParameterizedTest
  @EnumSource
  void everyKeyChangesTheConfigurationUnlessItHasOneMeaning(ConfigKey key) {
    assertThat(OTHERS.containsKey(key)).isNotEqualTo(OF_ONE_MEANING.contains(key));
    if (OTHERS.containsKey(key)) {
      assertThat(with(key + "=" + OTHERS.get(key))).isNotEqualTo(with());
    }
  }

  @ParameterizedTest
  @EnumSource
  void canonicalTextChangesIfAndOnlyIfTheKeyDecidesBytes(ConfigKey key) {
    assertThat(key.decidesBytes()).isNotEqualTo(WITHOUT_EFFECT_ON_BYTES.contains(key));
    assertThat(with().canonical().containsKey(key.key())).isEqualTo(key.decidesBytes());
    if (OTHERS.containsKey(key)) {
      Map<String, String> other = with(key + "=" + OTHERS.get(key)).canonical();
      assertThat(other.equals(with().canonical())).isNotEqualTo(key.decidesBytes());
    }
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
  void everyKeyHasARefusedValue() {
    assertThat(refusals().map(arguments -> (ConfigKey) arguments.get()[0]))
        .containsAll(List.of(ConfigKey.values()));
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(ConfigKey.TASK, "detection", "must be classification, but is 'detection'"),
        Arguments.of(ConfigKey.INPUT_FORMAT, "coco", "must be image-folder, but is 'coco'"),
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
            ConfigKey.IMAGE_RESIZE, "CROP", "must be crop or stretch or letterbox, but is 'CROP'"),
        Arguments.of(ConfigKey.IMAGE_FILTER, "box", "must be bilinear or area, but is 'box'"),
        Arguments.of(
            ConfigKey.IMAGE_RESIZE, "none", "must be crop or stretch or letterbox, but is 'none'"),
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
            ConfigKey.MIX_LAMBDA_DISTRIBUTION, "uniform", "must be beta, but is 'uniform'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "0", "must be from 0.001 to 1000, but is 0.0"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "-1", "must be from 0.001 to 1000, but is -1.0"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "NaN", "must be a number, but is 'NaN'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, ".inf", "must be a number, but is '.inf'"),
        Arguments.of(ConfigKey.MIX_LAMBDA_ALPHA, "1e9", "must be from 0.001 to 1000, but is 1.0E9"),
        Arguments.of(
            ConfigKey.MIX_LAMBDA_ALPHA,
            "1e999999999",
            "must be from 0.001 to 1000, but is Infinity"),
        Arguments.of(ConfigKey.MIX_PARTNER, "other-class", "must be uniform, but is 'other-class'"),
        Arguments.of(ConfigKey.MIX_SCOPE, "batch", "must be sample, but is 'batch'"),
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
        Arguments.of(ConfigKey.OUTPUT_PATH, "' '", "must not be empty"),
        Arguments.of(ConfigKey.OUTPUT_PATH, "[a, b]", "must be one value, but is a list"),
        Arguments.of(ConfigKey.OUTPUT_FORMAT, "[a, b, a]", "names a format twice: [a, a, b]"),
        Arguments.of(ConfigKey.OUTPUT_ENCODING, "jpg", "must be jpeg or png, but is 'jpg'"),
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
        Arguments.of(ConfigKey.OUTPUT_PUBLISH, "direct", "must be auto or rename, but is 'direct'"),
        Arguments.of(ConfigKey.OUTPUT_SHARD_SAMPLES, "31", "must be auto or from 32, but is 31"),
        Arguments.of(ConfigKey.OUTPUT_SHARD_SAMPLES, "0", "must be auto or from 32, but is 0"));
  }
}
