package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.sample.Annotation;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.SyntheticFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job over many inputs that exist in a listing alone, in a JVM with a heap of 1 GB that
 * is driver and executor at once, beside what {@link PlanEstimate} says of it. With {@code
 * -Demulsion.scale.images=5000000} it is the run that the README tells of, in some minutes.
 */
@Tag("processes")
class ScaleTest {
  private static final int IMAGES = Integer.getInteger("emulsion.scale.images", 50_000);
  private static final int SHARD_SAMPLES = 512;
  private static final int VIEWS = 2;
  private static final int MOST_SECONDS = 3_600;

  @TempDir Path folder = Path.of("");

  @Test
  void manyInputsFitAHeapOf1GbAndTakeWhatTheFormulasSay() throws Exception {
    Path events = Files.createDirectory(folder.resolve("events"));
    Path collections = folder.resolve("gc.log");
    Path mixed = folder.resolve("mixed");
    List<String> options =
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=4",
            "-Xlog:gc:file=" + collections,
            "-Dspark.hadoop."
                + SyntheticFileSystem.CONF_KEY
                + "="
                + SyntheticFileSystem.class.getName(),
            "-Dspark.shuffle.compress=false",
            "-Dspark.eventLog.enabled=true",
            "-Dspark.eventLog.compress=false",
            "-Dspark.eventLog.rolling.enabled=false",
            "-Dspark.eventLog.dir=" + events.toUri());
    Child.start(folder, "", options, command(mixed)).end(MOST_SECONDS).ended();

    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve("_emulsion/report.json")));
    assertThat(report.inputs()).isEqualTo(IMAGES);
    assertThat(report.records()).isEqualTo((long) VIEWS * IMAGES);
    PlanEstimate estimate = estimate();
    Tasks tasks = Tasks.read(events);
    assertThat(tasks.mixing).isEqualTo(estimate.tasks());
    assertThat((double) tasks.shuffleBytes)
        .isCloseTo(estimate.shuffleBytes(), within(0.1 * estimate.shuffleBytes()));
    long live = GarbageLog.largestLiveBytes(collections);
    System.out.printf(
        "%,d inputs, %,d tasks: %.1f s, %,.0f MB of heap after collections, estimated %,.0f MB%n",
        IMAGES, tasks.mixing, report.seconds(), live / 1e6, estimate.driverBytes() / 1e6);
  }

  private static List<String> command(Path mixed) {
    return List.of(
        "mix",
        "--input=" + SyntheticFileSystem.pathOf(IMAGES),
        "--output=" + mixed,
        "--set=image.size=8",
        "--set=mix.views=" + VIEWS,
        "--set=mix.views-per-pass=1",
        "--set=output.shard-samples=" + SHARD_SAMPLES);
  }

  private static PlanEstimate estimate() {
    int idBytes = "class-000/image-0000000.png".length();
    int shards = (IMAGES + SHARD_SAMPLES - 1) / SHARD_SAMPLES;
    return new PlanEstimate(
        IMAGES,
        idBytes,
        AnnotationBytes.of(Annotation.NONE).length,
        new PairingOptions(0, VIEWS, 1, 256),
        shards,
        List.of("tfrecord"),
        new TaskMemory(0, 0, 0),
        new TrialMix.Cost(1, 0, 1, 1, 1, 0, 0));
  }

  /** What Spark's event log says of a job's tasks. */
  private record Tasks(long mixing, long shuffleBytes) {
    static Tasks read(Path events) throws IOException {
      long mixing = 0;
      long shuffleBytes = 0;
      ObjectMapper json = new ObjectMapper();
      try (Stream<Path> files = Files.walk(events);
          Stream<String> lines =
              Files.lines(files.filter(Files::isRegularFile).findFirst().orElseThrow())) {
        for (String line :
            (Iterable<String>)
                lines.filter(l -> l.contains("\"SparkListenerTaskEnd\""))::iterator) {
          JsonNode metrics = json.readTree(line).path("Task Metrics");
          shuffleBytes +=
              metrics.path("Shuffle Write Metrics").path("Shuffle Bytes Written").asLong();
          JsonNode read = metrics.path("Shuffle Read Metrics");
          mixing += read.path("Total Records Read").asLong() > 0 ? 1 : 0;
        }
      }
      return new Tasks(mixing, shuffleBytes);
    }
  }
}
