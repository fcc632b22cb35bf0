package io.emulsion.spark.ml;

import io.emulsion.config.ConfigKey;
import io.emulsion.config.ConfigReader;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Setting;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.Suggestion;
import io.emulsion.label.LabelOptions;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.spark.mix.MixImages;
import io.emulsion.spark.order.Orderer;
import io.emulsion.spark.order.ShardRuns;
import io.emulsion.spark.sink.BadInputLimit;
import io.emulsion.spark.sink.FrameOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Mixes a data frame of labelled images: the pairs, lambdas, places and image bytes that the {@code
 * mix} command makes for the same ids, classes and options.
 *
 * <p>In: {@code idCol} (string, unique), {@code imageCol} (JPEG or PNG bytes) and {@code labelCol}
 * (class index from 0, as a StringIndexer makes). Out: {@code image, height, width, label_a,
 * label_b, lambda, id_a, id_b, view, shard, position}, with {@code label.soft} also {@code soft} (a
 * vector); each partition holds whole shards, each view's samples in the order of their positions.
 *
 * <p>An image that cannot be used is a row whose {@code bad} (id, reason, message, bytes) is not
 * null and which has nothing else but its shard; with {@code input.on-bad} fail the first one ends
 * the job.
 *
 * <p>The other params are named as the options of the command are, have their defaults, and take
 * text in the form that a configuration has it. {@link #transform} counts the data frame at once;
 * whatever reads the result then shuffles the images to their shards.
 */
public final class Mixup extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final String ID_COLUMN = "idCol";
  private static final String IMAGE_COLUMN = "imageCol";
  private static final String LABEL_COLUMN = "labelCol";

  private final String uid;
  private final Map<String, Param<String>> byName = new LinkedHashMap<>();

  public Mixup() {
    this("mixup_" + UUID.randomUUID().toString().substring(24));
  }

  /**
   * @param uid names the stage within its pipeline
   */
  @SuppressWarnings("this-escape") // a Param knows its owner, as everywhere in MLlib
  public Mixup(String uid) {
    this.uid = uid;
    add(ID_COLUMN, "column of image ids: strings, each unique", "id");
    add(IMAGE_COLUMN, "column of encoded images", "image");
    add(LABEL_COLUMN, "column of class indexes, from 0", "label");
    for (ConfigKey key : ConfigKey.values()) {
      if (isOption(key)) {
        add(key.key(), key.description(), key.defaultText().orElseThrow());
      }
    }
  }

  private void add(String name, String description, String defaultText) {
    Param<String> param = new Param<>(uid, name, description);
    byName.put(name, param);
    setDefault(param, defaultText);
  }

  /** What a stage has a use for: neither where images come from nor where samples go. */
  private static boolean isOption(ConfigKey key) {
    return switch (key) {
      case INPUT_ON_BAD,
          INPUT_MAX_BAD_FRACTION,
          INPUT_STRICT,
          LABEL_SMOOTHING,
          LABEL_SOFT,
          OUTPUT_ENCODING,
          OUTPUT_QUALITY,
          OUTPUT_MEAN,
          OUTPUT_STD,
          OUTPUT_SHARD_SAMPLES ->
          true;
      default -> key.key().startsWith("image.") || key.key().startsWith("mix.");
    };
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<?>[] params() {
    return byName.values().toArray(new Param<?>[0]);
  }

  /**
   * Sets a param by its name, such as {@code mix.views}.
   *
   * @param value anything whose text a configuration would take: {@code 4}, {@code "0.4"}, {@code
   *     List.of(224, 224)}
   * @throws EmulsionException (usage) if there is no such param
   */
  public Mixup setParam(String name, Object value) {
    set(param(name), String.valueOf(value));
    return this;
  }

  private Param<String> param(String name) {
    Param<String> param = byName.get(name);
    if (param == null) {
      throw EmulsionException.usage(
          "Mixup has no param '%s'. %s",
          name,
          Suggestion.of(name, byName.keySet())
              .map(meant -> "Did you mean '" + meant + "'?")
              .orElse("Known are " + String.join(", ", byName.keySet())));
    }
    return param;
  }

  public Mixup setIdCol(String name) {
    return setParam(ID_COLUMN, name);
  }

  public Mixup setImageCol(String name) {
    return setParam(IMAGE_COLUMN, name);
  }

  public Mixup setLabelCol(String name) {
    return setParam(LABEL_COLUMN, name);
  }

  /**
   * @throws EmulsionException (usage) naming the column that is missing or of another type, or the
   *     param that is refused
   */
  @Override
  public StructType transformSchema(StructType schema) {
    LabelledImages images = images();
    images.check(schema);
    return StageRows.type(hasSoft(config()), images.labelField(schema), null);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    EmulsionConfig config = config();
    LabelledImages images = images();
    images.check(dataset.schema());
    LabelledImages.Counts counts = images.counts(dataset);
    ShardLayout layout = ShardLayout.of(counts.images(), config.output().shardSamples());
    boolean soft = hasSoft(config);
    JavaRDD<Row> rows =
        mixed(images, dataset, config, layout, counts)
            .filter(StageRows::isKept)
            .map(row -> StageRows.of(row, soft));
    FrameOrigin origin = new FrameOrigin(config.toJson(), layout.shards(), counts.images());
    StructType type = StageRows.type(soft, images.labelField(dataset.schema()), origin);
    return dataset.sparkSession().createDataFrame(rows, type);
  }

  private static JavaRDD<Row> mixed(
      LabelledImages images,
      Dataset<?> dataset,
      EmulsionConfig config,
      ShardLayout layout,
      LabelledImages.Counts counts) {
    PairingOptions pairing = config.pairing();
    ShardRuns runs = new ShardRuns(pairing.passes(), layout.shards());
    int classes = counts.classes();
    return Orderer.order(
            images.rows(dataset),
            pairing.seed(),
            layout,
            runs,
            images::idOf,
            (pass, shard, rank, row) -> images.ranked(pass, shard, rank, row, classes))
        .mapPartitionsWithIndex(
            new MixImages(
                config.mixOptions(classes),
                runs,
                new BadInputLimit(
                    config.input().failOnBad(), counts.images(), config.input().maxBadFraction())),
            true);
  }

  private static boolean hasSoft(EmulsionConfig config) {
    return config.label().soft() != LabelOptions.Soft.NONE;
  }

  private LabelledImages images() {
    return new LabelledImages(text(ID_COLUMN), text(IMAGE_COLUMN), text(LABEL_COLUMN));
  }

  private String text(String name) {
    return getOrDefault(param(name));
  }

  /** The checked options; those that name inputs and outputs have no meaning. */
  private EmulsionConfig config() {
    List<Setting> settings = new ArrayList<>();
    settings.add(Setting.input(List.of("data-frame")));
    settings.add(Setting.output("data-frame"));
    byName.forEach(
        (name, param) -> {
          if (isSet(param) && name.contains(".")) {
            settings.add(Setting.of(name, text(name), "Mixup"));
          }
        });
    return ConfigReader.read(null, settings);
  }

  @Override
  public Mixup copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code write()} wrote. */
  public static MLReader<Mixup> read() {
    return new DefaultParamsReader<>();
  }

  public static Mixup load(String path) {
    return read().load(path);
  }
}
