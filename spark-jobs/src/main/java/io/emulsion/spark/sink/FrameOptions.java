package io.emulsion.spark.sink;

import io.emulsion.config.ConfigKey;
import io.emulsion.config.ConfigReader;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Setting;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.Suggestion;
import io.emulsion.label.ClassIndex;
import io.emulsion.label.LabelsFile;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How a data frame becomes a data set: what {@code option(...)} says, and what the columns know of
 * themselves.
 *
 * @param config its output and labels hold; what is above them only where {@code origin} is there
 * @param origin of a frame that a Mixup stage made, written as a whole; else null
 * @param shards in each view
 * @param classes in the order of their indexes
 */
record FrameOptions(
    EmulsionConfig config,
    @Nullable FrameOrigin origin,
    int shards,
    List<String> classes,
    FrameColumns columns) {
  /** The one option that no configuration has. */
  static final String SHARDS = "output.shards";

  private static final String PATH = "path";
  private static final List<String> KNOWN =
      List.of(
          PATH,
          ConfigKey.OUTPUT_FORMAT.key(),
          ConfigKey.OUTPUT_ENCODING.key(),
          ConfigKey.OUTPUT_SPLIT.key(),
          ConfigKey.OUTPUT_OVERWRITE.key(),
          ConfigKey.OUTPUT_PUBLISH.key(),
          ConfigKey.LABEL_CLASSES.key(),
          ConfigKey.LABEL_OFFSET.key(),
          ConfigKey.MIX_VIEWS.key(),
          SHARDS);

  /** Of the options that decide bytes, those that hold for every data frame. */
  private static final List<String> DECIDED_HERE =
      List.of(
          ConfigKey.TASK.key(),
          ConfigKey.OUTPUT_FORMAT.key(),
          ConfigKey.OUTPUT_ENCODING.key(),
          ConfigKey.OUTPUT_SPLIT.key(),
          ConfigKey.LABEL_OFFSET.key(),
          ConfigKey.LABEL_SOFT.key());

  /**
   * @throws EmulsionException (usage) naming the option or column that is missing or refused
   */
  static FrameOptions of(Map<String, String> options, StructType schema, JavaSparkContext spark)
      throws IOException {
    FrameColumns columns = FrameColumns.of(schema);
    boolean asGiven = options.containsKey(SHARDS);
    FrameOrigin origin = asGiven ? null : FrameOrigin.of(schema.apply("shard"));
    EmulsionConfig config = config(options, columns, origin);
    return new FrameOptions(
        config,
        origin,
        origin == null ? shards(options) : origin.shards(),
        classes(config, schema, spark.hadoopConfiguration()),
        columns);
  }

  private static EmulsionConfig config(
      Map<String, String> options, FrameColumns columns, @Nullable FrameOrigin origin) {
    List<Setting> settings = new ArrayList<>();
    String path = options.get(PATH);
    if (path == null) {
      throw EmulsionException.usage(
          "format(\"emulsion\") needs the data set's folder: option(\"path\", ...) or save(...)");
    }
    settings.add(Setting.input(List.of("data-frame")));
    settings.add(Setting.output(path));
    options.forEach(
        (key, value) -> {
          checkKnown(key);
          if (!key.equals(PATH) && !key.equals(SHARDS)) {
            settings.add(Setting.of(key, value, "option"));
          }
        });
    if (!columns.hasSoft()) {
      settings.add(Setting.of(ConfigKey.LABEL_SOFT.key(), "none", "column soft"));
      settings.add(Setting.of(ConfigKey.LABEL_SMOOTHING.key(), "0.0", "column soft"));
    } else if (origin == null) {
      settings.add(Setting.of(ConfigKey.LABEL_SOFT.key(), "float32", "column soft"));
    }
    if (origin == null) {
      return ConfigReader.read(null, settings);
    }
    EmulsionConfig config = ConfigReader.change(origin.config(), settings);
    checkAsMade(config, EmulsionConfig.fromJson(origin.config()));
    return config;
  }

  private static void checkKnown(String key) {
    if (!KNOWN.contains(key)) {
      throw EmulsionException.usage(
          "format(\"emulsion\") has no option '%s'. %s",
          key,
          Suggestion.of(key, KNOWN)
              .map(meant -> "Did you mean '" + meant + "'?")
              .orElse("Known are " + String.join(", ", KNOWN)));
    }
  }

  /** What Mixup has made already can no longer be chosen. */
  private static void checkAsMade(EmulsionConfig config, EmulsionConfig made) {
    if (config.encoding().encoding() != made.encoding().encoding()) {
      throw EmulsionException.usage(
          "output.encoding is %s, but Mixup made %s: leave it out, or set it there",
          config.encoding().encoding().label(), made.encoding().encoding().label());
    }
    if (config.pairing().views() != made.pairing().views()) {
      throw EmulsionException.usage(
          "mix.views is %d, but Mixup made %d: leave it out, or set it there",
          config.pairing().views(), made.pairing().views());
    }
  }

  private static int shards(Map<String, String> options) {
    String text = options.get(SHARDS);
    if (text == null) {
      throw EmulsionException.usage(
          "Column 'shard' does not say how many shards each view has, as it does where Mixup made"
              + " it: set option %s",
          SHARDS);
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw EmulsionException.usage("%s must be a number from 1, but is '%s'", SHARDS, text);
    }
    return Integer.parseInt(text);
  }

  private static List<String> classes(
      EmulsionConfig config, StructType schema, Configuration configuration) throws IOException {
    String file = config.label().classes();
    if (file != null) {
      return ClassIndex.listed(LabelsFile.parse(ClassNames.read(file, configuration))).names();
    }
    List<String> names = ClassNames.of(schema.apply("label_a"));
    if (names == null) {
      throw EmulsionException.usage(
          "Column 'label_a' does not name its classes, as it does where a StringIndexer made them:"
              + " set option label.classes to a file of class names, one a line");
    }
    return names;
  }

  List<ShardNames> names() {
    return ShardNames.of(
        config.output().formats(), config.output().split(), config.pairing().views(), shards);
  }

  ShardContext context() {
    return new ShardContext(
        classes, config.encoding().encoding().label(), config.label().offset(), columns.hasSoft());
  }

  /**
   * What the manifest says of the options: with an origin all that decided bytes, else what is
   * known.
   *
   * @param height of every image in pixels
   * @param width of every image in pixels
   */
  SortedMap<String, String> canonical(int height, int width) {
    SortedMap<String, String> canonical = new TreeMap<>(config.canonical());
    if (origin == null) {
      canonical.keySet().removeIf(key -> !DECIDED_HERE.contains(key));
    }
    canonical.put(ConfigKey.INPUT_FORMAT.key(), "data-frame");
    canonical.put(ConfigKey.IMAGE_SIZE.key(), List.of(height, width).toString());
    return canonical;
  }
}
