package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emulsion.config.ConfigKey;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise: the same bytes on any cluster, and other bytes for other options. Real photos, a
 * turned one and a broken one; several shards, blocks and passes. Each run has a Spark of its own.
 */
class LayoutMatrixTest {
  private static final Path DATA = Path.of("../../shared/data");

  /** Of the shards; whoever changes them breaks the promise of the version they were made with. */
  private static final String JPEG_SHARDS =
      "f333560698273d8ed7e7acba5e029761210cd1292905de96fb62d4572fc3ef28";

  private static final String PNG_SHARDS =
      "5bdfef889c631e6bbc4723b2012c6603b9de948940c68addfce0f95a3dc56b08";

  /** Another value of each option that decides bytes. */
  private static final Map<ConfigKey, String> OTHER_VALUES =
      Map.ofEntries(
          Map.entry(ConfigKey.IMAGE_SIZE, "63"),
          Map.entry(ConfigKey.IMAGE_RESIZE, "stretch"),
          Map.entry(ConfigKey.IMAGE_FILTER, "area"),
          Map.entry(ConfigKey.IMAGE_EXIF, "ignore"),
          Map.entry(ConfigKey.IMAGE_MAX_PIXELS, "200000"),
          Map.entry(ConfigKey.MIX_LAMBDA_ALPHA, "0.4"),
          Map.entry(ConfigKey.MIX_VIEWS, "4"),
          Map.entry(ConfigKey.MIX_VIEWS_PER_PASS, "3"),
          Map.entry(ConfigKey.MIX_BLOCK_SAMPLES, "20"),
          Map.entry(ConfigKey.MIX_SEED, "1"),
          Map.entry(ConfigKey.OUTPUT_ENCODING, "png"),
          Map.entry(ConfigKey.OUTPUT_QUALITY, "94"),
          Map.entry(ConfigKey.OUTPUT_SPLIT, "val"),
          Map.entry(ConfigKey.OUTPUT_FORMAT, "[tfrecord, parquet]"),
          Map.entry(ConfigKey.OUTPUT_MEAN, "0.4"),
          Map.entry(ConfigKey.OUTPUT_STD, "0.2"),
          Map.entry(ConfigKey.LABEL_OFFSET, "1"),
          Map.entry(ConfigKey.LABEL_SMOOTHING, "0.1"),
          Map.entry(ConfigKey.LABEL_SOFT, "float32"),
          Map.entry(ConfigKey.IMAGE_AUGMENT, "[flip]"),
          Map.entry(ConfigKey.IMAGE_BACKGROUND, "white"),
          Map.entry(ConfigKey.MIX_LAMBDA_DISTRIBUTION, "constant"),
          Map.entry(ConfigKey.MIX_LAMBDA_BETA, "2"),
          Map.entry(ConfigKey.MIX_LAMBDA_LOW, "0.3"),
          Map.entry(ConfigKey.MIX_LAMBDA_HIGH, "0.7"),
          Map.entry(ConfigKey.MIX_LAMBDA_VALUE, "0.3"),
          Map.entry(ConfigKey.MIX_LAMBDA_FOLD, "true"),
          Map.entry(ConfigKey.MIX_PARTNER, "other-class"),
          Map.entry(ConfigKey.MIX_SCOPE, "batch"),
          Map.entry(ConfigKey.MIX_BATCH_SAMPLES, "4"),
          Map.entry(ConfigKey.MIX_PROBABILITY, "0.5"),
          Map.entry(ConfigKey.MIX_UNMIXED_VIEWS, "1"),
          Map.entry(ConfigKey.OUTPUT_SHARD_SAMPLES, "40"));

  /** What must be set beside an option for it to matter. */
  private static final Map<ConfigKey, List<String>> NEEDED =
      Map.of(
          ConfigKey.OUTPUT_MEAN, List.of("output.encoding=float32"),
          ConfigKey.OUTPUT_STD, List.of("output.encoding=float32"),
          ConfigKey.LABEL_SMOOTHING, List.of("label.soft=float32"),
          ConfigKey.IMAGE_BACKGROUND, List.of("image.resize=letterbox"),
          ConfigKey.MIX_LAMBDA_LOW, List.of("mix.lambda.distribution=uniform"),
          ConfigKey.MIX_LAMBDA_HIGH, List.of("mix.lambda.distribution=uniform"),
          ConfigKey.MIX_LAMBDA_VALUE, List.of("mix.lambda.distribution=constant"),
          ConfigKey.MIX_SCOPE, List.of("mix.batch-samples=8"),
          ConfigKey.MIX_BATCH_SAMPLES, List.of("mix.scope=batch", "mix.batch-samples=8"));

  /** Of detection: {@link DetectionMatrixTest}. */
  private static final Set<ConfigKey> OF_DETECTION =
      EnumSet.of(
          ConfigKey.TASK,
          ConfigKey.INPUT_FORMAT,
          ConfigKey.INPUT_ON_BAD_BOX,
          ConfigKey.LABEL_MIN_WEIGHT);

  /** Decides only which damaged images are left out; the set of this test has none of that kind. */
  private static final Set<ConfigKey> TESTED_BESIDE = EnumSet.of(ConfigKey.INPUT_STRICT);

  @TempDir static Path folder;

  private static Path input;
  private static Path base;
  private static String baseHash;
  private static int runs;

  /** Tells what a session was really started with. */
  public static final class Settings extends SparkListener {
    private static final AtomicReference<SparkConf> LAST = new AtomicReference<>();

    public Settings(SparkConf conf) {
      LAST.set(conf);
    }
  }

  @BeforeAll
  static void mixOnce() throws IOException {
    boolean present = Files.isDirectory(DATA);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("%s exists", DATA).isTrue();
    }
    assumeTrue(present, () -> "No real images at " + DATA);
    input = folder.resolve("in");
    copy(DATA.resolve("classification-imagenet16"), input);
    Path odd = Files.createDirectories(input.resolve("odd"));
    Files.copy(DATA.resolve("odd-images/files/Portrait_6.jpg"), odd.resolve("turned é.jpg"));
    Files.copy(DATA.resolve("odd-images/files/truncated_jpeg.jpg"), odd.resolve("_cut.jpg"));
    base = mix(Map.of("spark.master", "local[2]"), input);
    baseHash = DataSetHash.of(base);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  @AfterEach
  void everySessionIsStopped() {
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
  }

  /** Runs the command with {@code spark} set and returns the data set's folder. */
  private static Path mix(Map<String, String> spark, Path in, String... arguments)
      throws IOException {
    return mix(spark, in.toString(), arguments);
  }

  private static Path mix(Map<String, String> spark, String in, String... arguments)
      throws IOException {
    Path output = folder.resolve("out-" + runs++);
    List<String> all =
        new ArrayList<>(List.of("mix", "--input", in, "--output", output.toString()));
    SortedMap<String, String> options = new TreeMap<>();
    options.put("image.size", "64");
    options.put("mix.views", "3");
    options.put("mix.views-per-pass", "2");
    options.put("mix.block-samples", "16");
    options.put("output.shard-samples", "32");
    options.put("input.max-bad-fraction", "1");
    options.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    all.addAll(Arrays.asList(arguments));
    Map<String, String> properties = new TreeMap<>(spark);
    properties.putIfAbsent("spark.master", "local[2]");
    properties.put("spark.ui.enabled", "false");
    properties.put("spark.extraListeners", Settings.class.getName());
    properties.forEach(System::setProperty);
    try {
      assertThat(Emulsion.run(all.toArray(String[]::new))).as("exit code").isZero();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
    SparkConf seen = Settings.LAST.get();
    assertThat(seen).isNotNull();
    properties.forEach((key, value) -> assertThat(seen.get(key)).as(key).isEqualTo(value));
    return output;
  }

  private static String[] set(ConfigKey key, String value) {
    return new String[] {"--set", key.key() + "=" + value};
  }

  @Test
  void theSetHasSeveralShardsAndAQuarantine() throws IOException {
    Set<String> files = DataSetHash.files(base, name -> true).keySet();
    assertThat(files)
        .filteredOn(name -> name.startsWith("tfrecord/"))
        .containsExactly(
            "tfrecord/view-000/train-00000-of-00003.tfrecord",
            "tfrecord/view-000/train-00001-of-00003.tfrecord",
            "tfrecord/view-000/train-00002-of-00003.tfrecord",
            "tfrecord/view-001/train-00000-of-00003.tfrecord",
            "tfrecord/view-001/train-00001-of-00003.tfrecord",
            "tfrecord/view-001/train-00002-of-00003.tfrecord",
            "tfrecord/view-002/train-00000-of-00003.tfrecord",
            "tfrecord/view-002/train-00001-of-00003.tfrecord",
            "tfrecord/view-002/train-00002-of-00003.tfrecord");
    assertThat(files).filteredOn(name -> name.contains("quarantine")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.master, local[1]",
    "spark.master, local[4]",
    "spark.default.parallelism, 1",
    "spark.default.parallelism, 7",
    "spark.sql.shuffle.partitions, 1",
    "spark.sql.shuffle.partitions, 50",
    "spark.shuffle.compress, false",
    "spark.shuffle.sort.bypassMergeThreshold, 1",
    "spark.serializer, org.apache.spark.serializer.JavaSerializer",
    "spark.shuffle.spill.numElementsForceSpillThreshold, 5",
    "spark.sql.codegen.wholeStage, false"
  })
  void sparksSettingsNeverShowInTheBytes(String key, String value) throws IOException {
    assertThat(DataSetHash.of(mix(Map.of(key, value), input))).isEqualTo(baseHash);
  }

  @ParameterizedTest
  @CsvSource({"MIX_CACHE_BYTES, 0", "MIX_CACHE_BYTES, 60000", "OUTPUT_PUBLISH, rename"})
  void optionsForSpeedNeverShowInTheBytes(ConfigKey key, String value) throws IOException {
    assertThat(DataSetHash.of(mix(Map.of(), input, set(key, value)))).isEqualTo(baseHash);
  }

  /** Where opening a file takes a while; the local disk is too fast for reading ahead. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void readingAheadNeverShowsInTheBytes(int inFlight) throws IOException {
    Map<String, String> spark =
        Map.of(
            "spark.master",
            "local[1]",
            "spark.hadoop." + FaultyFileSystem.CONF_KEY,
            FaultyFileSystem.class.getName());
    Faults.slow("open " + input + "/", 3);
    try {
      Path mixed =
          mix(
              spark,
              FaultyFileSystem.pathOf(input),
              set(ConfigKey.READ_IN_FLIGHT, Integer.toString(inFlight)));
      assertThat(DataSetHash.of(mixed)).isEqualTo(baseHash);
      assertThat(Faults.mostSlowAtOnce()).isBetween(Math.min(inFlight, 16), inFlight);
    } finally {
      Faults.clear();
    }
  }

  @Test
  void failingOnBadInputsNeverShowsWhereThereAreNone() throws IOException {
    Path photos = DATA.resolve("classification-imagenet16");
    String quarantining = DataSetHash.of(mix(Map.of(), photos));
    Path failing = mix(Map.of(), photos, set(ConfigKey.INPUT_ON_BAD, "fail"));
    assertThat(DataSetHash.of(failing)).isEqualTo(quarantining);
  }

  /** An id holds nothing of the root it lies under. */
  @Test
  void splittingTheInputOverTwoRootsNeverShows() throws IOException {
    Path left = folder.resolve("left");
    Path right = folder.resolve("right");
    int number = 0;
    for (Path file : walk(input)) {
      Path half = number++ % 3 == 0 ? left : right;
      Path target = half.resolve(input.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    Path split = mix(Map.of(), left, "--input", right.toString());
    assertThat(DataSetHash.of(split)).isEqualTo(baseHash);
    Path swapped = mix(Map.of(), right, "--input", left.toString());
    assertThat(DataSetHash.of(swapped)).isEqualTo(baseHash);
  }

  private static List<Path> walk(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void everyOptionThatDecidesBytesIsTriedHere() {
    Set<ConfigKey> tried = EnumSet.copyOf(OTHER_VALUES.keySet());
    tried.addAll(OF_DETECTION);
    tried.addAll(TESTED_BESIDE);
    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ConfigKey.values()).filter(ConfigKey::decidesBytes).toList());
  }

  static Set<ConfigKey> otherValues() {
    return OTHER_VALUES.keySet();
  }

  /** The shards themselves, not only the manifest, which names every such option. */
  @ParameterizedTest
  @MethodSource("otherValues")
  void everyOptionThatDecidesBytesChangesTheShards(ConfigKey key) throws IOException {
    List<String> needed = new ArrayList<>();
    NEEDED
        .getOrDefault(key, List.of())
        .forEach(setting -> needed.addAll(List.of("--set", setting)));
    Path without = needed.isEmpty() ? base : mix(Map.of(), input, needed.toArray(String[]::new));
    needed.addAll(List.of(set(key, String.valueOf(OTHER_VALUES.get(key)))));
    Path other = mix(Map.of(), input, needed.toArray(String[]::new));
    assertThat(DataSetHash.of(other)).isNotEqualTo(DataSetHash.of(without));
    assertThat(DataSetHash.ofShards(other)).isNotEqualTo(DataSetHash.ofShards(without));
  }

  /** One task at a time with a cache, against four without, by another serializer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "output.format=[tfrecord, parquet]; mix.views=1",
        "output.format=parquet; mix.views=4",
        "output.format=[tfrecord, parquet]; mix.views=9; mix.unmixed-views=1",
        "image.augment=[random-resized-crop, flip]; mix.partner=other-class; mix.probability=0.7",
        "mix.scope=batch; mix.batch-samples=8; label.soft=float32; output.encoding=float32"
      })
  void theLayoutNeverShowsWhateverIsMade(String settings) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String setting : settings.split("; ", -1)) {
      arguments.addAll(List.of("--set", setting));
    }
    Path one = mix(Map.of("spark.master", "local[1]"), input, arguments.toArray(String[]::new));
    arguments.addAll(List.of("--set", "mix.cache-bytes=0"));
    Path four =
        mix(
            Map.of(
                "spark.master", "local[4]",
                "spark.serializer", "org.apache.spark.serializer.JavaSerializer"),
            input,
            arguments.toArray(String[]::new));
    assertThat(DataSetHash.of(four)).isEqualTo(DataSetHash.of(one));
    assertThat(Emulsion.run("verify", one.toString())).isZero();
  }

  @Test
  void fiveToEightViewsLeaveTheFirstFourAsTheyAre() throws IOException {
    String[] four = {"--set", "mix.views=4", "--set", "mix.views-per-pass=4"};
    String[] eight = {"--set", "mix.views=8", "--set", "mix.views-per-pass=4"};
    SortedMap<String, String> before = DataSetHash.files(mix(Map.of(), input, four), this::isShard);
    SortedMap<String, String> after = DataSetHash.files(mix(Map.of(), input, eight), this::isShard);
    assertThat(before).hasSize(12);
    assertThat(after).hasSize(24).containsAllEntriesOf(before);
    assertThat(after.values()).doesNotHaveDuplicates();
  }

  private boolean isShard(String name) {
    return name.startsWith("tfrecord/");
  }

  /** Pins them across machines, Java and Spark versions and dependencies. */
  @Test
  void theShardsAreTheOnesThatThisVersionMakesEverywhere() throws IOException {
    assertThat(DataSetHash.ofShards(base)).as("JPEG").isEqualTo(JPEG_SHARDS);
    Path png = mix(Map.of(), input, set(ConfigKey.OUTPUT_ENCODING, "png"));
    assertThat(DataSetHash.ofShards(png)).as("PNG").isEqualTo(PNG_SHARDS);
  }
}
