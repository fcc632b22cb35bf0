package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.SyntheticFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many shards in JVMs with a heap of 1 GB that are driver and executor at once: the smallest shards
 * there are, in five views and two formats. {@code -Demulsion.scale.shards=20000} makes so many.
 */
@Tag("processes")
class ManyShardsTest {
  private static final int SHARDS = Integer.getInteger("emulsion.scale.shards", 1_000);
  private static final int SHARD_SAMPLES = 32;
  private static final int VIEWS = 5;
  private static final int FORMATS = 2;
  private static final int MOST_SECONDS = 3_600;

  /** A quarter of the heap. */
  private static final long MOST_LIVE_BYTES = 256L << 20;

  @TempDir Path folder = Path.of("");

  @Test
  void manyShardsAreWrittenListedAndVerifiedInAHeapOf1Gb() throws Exception {
    int images = SHARDS / (VIEWS * FORMATS) * SHARD_SAMPLES;
    Path mixed = folder.resolve("mixed");
    List<String> mix =
        List.of(
            "mix",
            "--input=" + SyntheticFileSystem.pathOf(images),
            "--output=" + mixed,
            "--set=image.size=8",
            "--set=mix.views=" + VIEWS,
            "--set=mix.views-per-pass=" + VIEWS,
            "--set=output.format=[tfrecord, parquet]",
            "--set=output.shard-samples=" + SHARD_SAMPLES);
    long mixing = liveBytes("mix", mix);
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve("_emulsion/report.json")));
    assertThat(report.files()).isEqualTo(SHARDS + 2L);

    long started = System.nanoTime();
    long verifying = liveBytes("verify", List.of("verify", mixed.toString()));
    System.out.printf(
        "%,d shards: mixed in %.1f s, verified in %.1f s; %,.0f and %,.0f MB of heap after"
            + " collections%n",
        SHARDS,
        report.seconds(),
        (System.nanoTime() - started) / 1e9,
        mixing / 1e6,
        verifying / 1e6);
    assertThat(List.of(mixing, verifying)).allMatch(bytes -> bytes < MOST_LIVE_BYTES);
  }

  /** Runs a command, and gives the most that any collection of its heap left. */
  private long liveBytes(String name, List<String> command) throws Exception {
    Path collections = folder.resolve(name + ".log");
    List<String> options = new ArrayList<>();
    options.add("-Xmx1g");
    options.add("-XX:TieredStopAtLevel=4");
    options.add("-Xlog:gc:file=" + collections);
    options.add(
        "-Dspark.hadoop."
            + SyntheticFileSystem.CONF_KEY
            + "="
            + SyntheticFileSystem.class.getName());
    Child.start(folder, "", options, command).end(MOST_SECONDS).ended();
    return GarbageLog.largestLiveBytes(collections);
  }
}
