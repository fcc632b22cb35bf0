package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.label.LabelsFile;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardReader;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.RealSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise for detection: real photos of unequal sizes with their boxes, crowds among them. */
class DetectionMatrixTest {
  /** Of the base; whoever changes them breaks the promise of the version they were made with. */
  private static final String SHARDS =
      "d479d769b45f2a489828c333464b31997a21b90b3964033a399aae90c3ace845";

  @TempDir static Path folder;

  private static Path base;
  private static int runs;

  @BeforeAll
  static void mixOnce() {
    base = mixCoco(Map.of("spark.master", "local[2]"));
  }

  private static Path mixCoco(Map<String, String> spark, String... settings) {
    Path set = RealSets.folder("detection-coco128");
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.format=coco",
                "input.annotations=" + set.resolve("annotations/instances_train2017.json")));
    all.addAll(List.of(settings));
    return mix(spark, set.resolve("train2017"), all);
  }

  private static Path mix(Map<String, String> spark, Path input, List<String> settings) {
    Path output = folder.resolve("out-" + runs++);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mix",
                "--input=" + input,
                "--output=" + output,
                "--set=task=detection",
                "--set=mix.views=3",
                "--set=mix.views-per-pass=2",
                "--set=mix.unmixed-views=1",
                "--set=mix.probability=0.9",
                "--set=image.augment=flip",
                "--set=mix.block-samples=16",
                "--set=output.shard-samples=32",
                "--set=output.format=[tfrecord, parquet]"));
    settings.forEach(setting -> arguments.add("--set=" + setting));
    Map<String, String> properties = new TreeMap<>(spark);
    properties.putIfAbsent("spark.master", "local[2]");
    properties.put("spark.ui.enabled", "false");
    properties.forEach(System::setProperty);
    try {
      Ran.command(arguments).ended();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
    return output;
  }

  @ParameterizedTest
  @CsvSource({
    "spark.master, local[1]",
    "spark.master, local[4]",
    "spark.default.parallelism, 1",
    "spark.default.parallelism, 7",
    "spark.serializer, org.apache.spark.serializer.JavaSerializer"
  })
  void sparksSettingsNeverShowInTheBytes(String key, String value) throws IOException {
    assertThat(DataSetHash.of(mixCoco(Map.of(key, value)))).isEqualTo(DataSetHash.of(base));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3m", "1g"})
  void whatIsKeptOfFullSizeImagesNeverShows(String cacheBytes) throws IOException {
    Path mixed = mixCoco(Map.of(), "mix.cache-bytes=" + cacheBytes);
    assertThat(DataSetHash.of(mixed)).isEqualTo(DataSetHash.of(base));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image.resize=letterbox; image.size=96", "image.resize=stretch"})
  void theLayoutNeverShowsWhereBoxesMove(String settings) throws IOException {
    String[] split = settings.split("; ", -1);
    Path one = mixCoco(Map.of("spark.master", "local[1]"), split);
    Path four = mixCoco(Map.of("spark.master", "local[4]"), split);
    assertThat(DataSetHash.of(four)).isEqualTo(DataSetHash.of(one));
    Ran.command("verify", one.toString()).ended();
  }

  /** Pins them across machines, Java and Spark versions and dependencies. */
  @Test
  void theShardsAreTheOnesThatThisVersionMakesEverywhere() throws IOException {
    assertThat(DataSetHash.ofShards(base)).isEqualTo(SHARDS);
  }

  @Test
  void verifyDrawsEveryPairAgain() {
    assertThat(Ran.command("verify", base.toString()).ended().out()).contains("768 records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void everyImageAndEveryBoxIsInEveryViewAndTwiceWhereMixed(String format) throws IOException {
    Map<ImageId, Integer> counts = new HashMap<>();
    for (MixedSample sample : samples(base, format, 2)) {
      assertThat(sample.partner()).isEqualTo(sample.first());
      counts.put(sample.first(), sample.boxes().size());
    }
    assertThat(counts).hasSize(128);
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(939);
    assertThat(counts)
        .containsEntry(new ImageId("000000000250.jpg"), 0)
        .containsEntry(new ImageId("000000000508.jpg"), 0);
    for (int view = 0; view < 2; view++) {
      List<MixedSample> samples = samples(base, format, view);
      assertThat(samples)
          .extracting(MixedSample::first)
          .containsExactlyInAnyOrderElementsOf(counts.keySet());
      assertThat(samples)
          .allSatisfy(
              sample -> {
                boolean mixed = !sample.partner().equals(sample.first());
                assertThat(ofSource(sample, 0)).hasSize(count(counts, sample.first()));
                assertThat(ofSource(sample, 1))
                    .hasSize(mixed ? count(counts, sample.partner()) : 0);
                assertThat(ofSource(sample, 0)).allMatch(box -> box.weight() == sample.lambda());
                assertThat(ofSource(sample, 1))
                    .allMatch(box -> box.weight() == 1 - sample.lambda());
              });
    }
  }

  private static int count(Map<ImageId, Integer> counts, ImageId id) {
    return counts.getOrDefault(id, -1);
  }

  private static List<MixedBox> ofSource(MixedSample sample, int source) {
    return sample.boxes().stream().filter(box -> box.source() == source).toList();
  }

  private static List<MixedSample> samples(Path dataSet, String format, int view)
      throws IOException {
    ShardContext context =
        new ShardContext(
            LabelsFile.parse(Files.readAllBytes(dataSet.resolve("labels.txt"))),
            "jpeg",
            0,
            false,
            true);
    Store store = Store.of(dataSet.toString(), new Configuration());
    List<MixedSample> samples = new ArrayList<>();
    for (String file : Folders.dataFiles(dataSet)) {
      if (file.startsWith(String.format("%s/view-%03d/", format, view))) {
        try (Store.OpenFile in = store.openFile(file)) {
          ShardReader reader = ShardFormats.named(format).reader(in, context);
          for (MixedSample s = reader.next(); s != null; s = reader.next()) {
            samples.add(s);
          }
        }
      }
    }
    return samples;
  }
}
