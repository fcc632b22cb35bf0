package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.blend.TensorOptions;
import io.emulsion.canvas.AugmentOptions;
import io.emulsion.canvas.CanvasOptions;
import io.emulsion.codec.Encoding;
import io.emulsion.codec.EncodingOptions;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.label.LabelOptions;
import io.emulsion.lambda.LambdaOptions;
import io.emulsion.mix.DecodeOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import io.emulsion.sample.Background;
import io.emulsion.sample.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file and the settings of a command line into one checked configuration. */
public final class ConfigReader {
  private static final int MOST_BYTES = 1 << 20;

  private ConfigReader() {}

  /**
   * The configuration that {@code file} and then {@code overrides} make, the last of a key winning;
   * what neither sets has its default.
   *
   * @param file YAML of at most 1 MiB in UTF-8, nested ({@code mix: views: 4}) or dotted ({@code
   *     mix.views: 4}); null for none
   * @throws EmulsionException (usage) if the file cannot be read, or a key or value is refused; the
   *     message starts with file and line, or with the override
   */
  public static EmulsionConfig read(@Nullable Path file, List<Setting> overrides) {
    List<Setting> settings = new ArrayList<>();
    if (file != null) {
      settings.addAll(SettingsReader.readYaml(textOf(file), file.toString()));
    }
    settings.addAll(overrides);
    return build(settings);
  }

  /**
   * What {@code settings} make of an earlier configuration.
   *
   * @param json what {@link EmulsionConfig#toJson} wrote
   * @throws EmulsionException (usage) if a value is refused
   */
  public static EmulsionConfig change(String json, List<Setting> settings) {
    List<Setting> ordered = new ArrayList<>(SettingsReader.readJson(json, "configuration as JSON"));
    ordered.addAll(settings);
    return build(ordered);
  }

  static EmulsionConfig build(List<Setting> ordered) {
    Settings settings = new Settings(ordered);
    return settings.located(() -> build(settings));
  }

  private static EmulsionConfig build(Settings settings) {
    Task task = settings.choice(ConfigKey.TASK, Task.class);
    EmulsionConfig config =
        new EmulsionConfig(
            task,
            input(settings),
            label(settings),
            decode(settings, task),
            canvas(settings, task),
            lambda(settings),
            pairing(settings),
            partners(settings),
            encoding(settings),
            tensor(settings),
            output(settings),
            settings.bytes(ConfigKey.MIX_CACHE_BYTES),
            settings.integer(ConfigKey.READ_IN_FLIGHT));
    ConfigChecks.check(config);
    return config;
  }

  private static InputOptions input(Settings settings) {
    String annotations = settings.text(ConfigKey.INPUT_ANNOTATIONS);
    String imageSet = settings.text(ConfigKey.INPUT_IMAGE_SET);
    return new InputOptions(
        settings.choice(ConfigKey.INPUT_FORMAT, InputOptions.Format.class),
        settings.texts(ConfigKey.INPUT_PATH),
        annotations.equals("auto") ? null : annotations,
        imageSet.equals("none") ? null : imageSet,
        settings.choice(ConfigKey.INPUT_ON_BAD_BOX, BadBoxes.class),
        settings.choice(ConfigKey.INPUT_ON_BAD, "quarantine", "fail").equals("fail"),
        settings.number(ConfigKey.INPUT_MAX_BAD_FRACTION));
  }

  private static DecodeOptions decode(Settings settings, Task task) {
    String exif = settings.choice(ConfigKey.IMAGE_EXIF, "auto", "apply", "ignore");
    return new DecodeOptions(
        exif.equals("apply") || (exif.equals("auto") && task == Task.CLASSIFICATION),
        settings.whole(ConfigKey.IMAGE_MAX_PIXELS),
        settings.flag(ConfigKey.INPUT_STRICT));
  }

  private static CanvasOptions canvas(Settings settings, Task task) {
    List<String> size = settings.texts(ConfigKey.IMAGE_SIZE);
    option(
        size.size() <= 2,
        "image.size must be one number or [height, width], but has %s",
        size.size());
    int height = Settings.integer(ConfigKey.IMAGE_SIZE, size.get(0));
    int width = Settings.integer(ConfigKey.IMAGE_SIZE, size.get(size.size() - 1));
    return new CanvasOptions(
        height,
        width,
        fit(settings, task),
        settings.choice(ConfigKey.IMAGE_FILTER, CanvasOptions.Filter.class),
        settings.choice(ConfigKey.IMAGE_BACKGROUND, Background.class),
        augment(settings));
  }

  private static CanvasOptions.Fit fit(Settings settings, Task task) {
    if (settings.text(ConfigKey.IMAGE_RESIZE).equals("auto")) {
      return task == Task.DETECTION ? CanvasOptions.Fit.NONE : CanvasOptions.Fit.CROP;
    }
    return settings.choice(ConfigKey.IMAGE_RESIZE, CanvasOptions.Fit.class);
  }

  private static AugmentOptions augment(Settings settings) {
    List<String> names =
        settings.choices(ConfigKey.IMAGE_AUGMENT, "none", "random-resized-crop", "flip");
    option(
        names.size() == 1 || !names.contains("none"),
        "image.augment must be none or a list without it, but is %s",
        names);
    return new AugmentOptions(names.contains("random-resized-crop"), names.contains("flip"));
  }

  private static PairingOptions pairing(Settings settings) {
    return new PairingOptions(
        settings.whole(ConfigKey.MIX_SEED),
        settings.integer(ConfigKey.MIX_VIEWS),
        settings.integer(ConfigKey.MIX_VIEWS_PER_PASS),
        settings.integer(ConfigKey.MIX_BLOCK_SAMPLES));
  }

  private static LabelOptions label(Settings settings) {
    String classes = settings.text(ConfigKey.LABEL_CLASSES);
    return new LabelOptions(
        classes.equals("none") ? null : classes,
        settings.integer(ConfigKey.LABEL_OFFSET),
        settings.number(ConfigKey.LABEL_SMOOTHING),
        settings.choice(ConfigKey.LABEL_SOFT, LabelOptions.Soft.class),
        settings.number(ConfigKey.LABEL_MIN_WEIGHT));
  }

  private static LambdaOptions lambda(Settings settings) {
    double alpha = settings.number(ConfigKey.MIX_LAMBDA_ALPHA);
    return new LambdaOptions(
        settings.choice(ConfigKey.MIX_LAMBDA_DISTRIBUTION, LambdaOptions.Law.class),
        alpha,
        settings.text(ConfigKey.MIX_LAMBDA_BETA).equals("alpha")
            ? alpha
            : settings.number(ConfigKey.MIX_LAMBDA_BETA),
        settings.number(ConfigKey.MIX_LAMBDA_LOW),
        settings.number(ConfigKey.MIX_LAMBDA_HIGH),
        settings.number(ConfigKey.MIX_LAMBDA_VALUE),
        settings.flag(ConfigKey.MIX_LAMBDA_FOLD));
  }

  private static PartnerOptions partners(Settings settings) {
    return new PartnerOptions(
        settings.choice(ConfigKey.MIX_SCOPE, PartnerOptions.Scope.class),
        settings.integer(ConfigKey.MIX_BATCH_SAMPLES),
        settings.choice(ConfigKey.MIX_PARTNER, PartnerOptions.Choice.class),
        settings.number(ConfigKey.MIX_PROBABILITY),
        settings.integer(ConfigKey.MIX_UNMIXED_VIEWS));
  }

  private static EncodingOptions encoding(Settings settings) {
    return new EncodingOptions(
        settings.choice(ConfigKey.OUTPUT_ENCODING, Encoding.class),
        settings.integer(ConfigKey.OUTPUT_QUALITY));
  }

  private static TensorOptions tensor(Settings settings) {
    return new TensorOptions(
        channels(settings, ConfigKey.OUTPUT_MEAN), channels(settings, ConfigKey.OUTPUT_STD));
  }

  /** A number for each channel; one alone is for all three. */
  private static List<Double> channels(Settings settings, ConfigKey key) {
    List<Double> numbers =
        settings.texts(key).stream().map(text -> Settings.number(key, text)).toList();
    return numbers.size() == 1 ? Collections.nCopies(3, numbers.get(0)) : numbers;
  }

  private static OutputOptions output(Settings settings) {
    return new OutputOptions(
        settings.text(ConfigKey.OUTPUT_PATH),
        settings.texts(ConfigKey.OUTPUT_FORMAT),
        settings.text(ConfigKey.OUTPUT_SPLIT),
        settings.flag(ConfigKey.OUTPUT_OVERWRITE),
        settings.flag(ConfigKey.OUTPUT_APPEND),
        settings.choice(ConfigKey.OUTPUT_PUBLISH, OutputOptions.Publish.class),
        shardSamples(settings));
  }

  private static int shardSamples(Settings settings) {
    if (settings.text(ConfigKey.OUTPUT_SHARD_SAMPLES).equals("auto")) {
      return 0;
    }
    int samples = settings.integer(ConfigKey.OUTPUT_SHARD_SAMPLES);
    option(samples != 0, "output.shard-samples must be auto or from 32, but is 0");
    return samples;
  }

  private static String textOf(Path file) {
    option(Files.exists(file), "%s: there is no such file", file);
    option(!Files.isDirectory(file), "%s: this is a folder: name a YAML file", file);
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      option(bytes.length <= MOST_BYTES, "%s: this is larger than 1 MiB: name a YAML file", file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw EmulsionException.of(ExitCode.USAGE, e, "%s: this is not UTF-8: save it so", file);
    } catch (IOException e) {
      throw EmulsionException.of(ExitCode.USAGE, e, "%s: cannot be read: %s", file, e);
    }
  }
}
