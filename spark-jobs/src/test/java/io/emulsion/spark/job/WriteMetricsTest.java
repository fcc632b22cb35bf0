package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.spark.ml.Mixup;
import io.emulsion.spark.sink.Report;
import io.emulsion.spark.testing.LabelledFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark's SQL page shows of a write. */
class WriteMetricsTest extends JobTest {
  @BeforeEach
  void addABadImage() throws IOException {
    Files.write(photos.resolve("b/cut.jpg"), new byte[] {1, 2, 3});
  }

  /** Description to value of all metrics of the last query. */
  private static Map<String, String> shown() throws TimeoutException {
    SparkSession session = SparkSession.active();
    session.sparkContext().listenerBus().waitUntilEmpty();
    SQLAppStatusStore store = session.sharedState().statusStore();
    SQLExecutionUIData last = store.executionsList().last();
    Map<Object, String> values =
        CollectionConverters.asJava(store.executionMetrics(last.executionId()));
    Map<String, String> shown = new LinkedHashMap<>();
    for (SQLPlanMetric metric : CollectionConverters.asJava(last.metrics())) {
      shown.put(metric.name(), values.get(metric.accumulatorId()));
    }
    return shown;
  }

  @Test
  void aMixShowsWhatItsReportSays() throws IOException, TimeoutException {
    mixLocally(
            "--set=mix.views-per-pass=1",
            "--set=input.max-bad-fraction=1",
            "--set=output.format=[tfrecord, parquet]")
        .ended();
    Report report = Report.fromJson(Files.readAllBytes(mixed.resolve(DataSetPaths.REPORT)));
    Map<String, String> shown = shown();
    assertThat(report.records()).isEqualTo(24);
    assertThat(shown)
        .containsEntry("records written", "24")
        .containsEntry("bytes written", Long.toString(report.bytes()))
        .containsEntry("bad inputs", "1")
        .containsEntry("input images", "13");
    report
        .stageSeconds()
        .forEach(
            (stage, seconds) ->
                assertThat(Long.parseLong(shown.get("milliseconds to " + stage)))
                    .as(stage)
                    .isBetween(Math.round(seconds * 1000) - 4, Math.round(seconds * 1000)));
  }

  @Test
  void aFrameShowsItsRecordsBytesAndBadRows() throws IOException, TimeoutException {
    Mixup mixup = new Mixup();
    mixup.setParam("image.size", "8").setParam("input.max-bad-fraction", "1");
    mixup
        .transform(LabelledFrames.of(SparkSession.active(), photos))
        .write()
        .format("emulsion")
        .mode("append")
        .save(mixed.toString());
    Map<String, String> shown = shown();
    assertThat(shown)
        .containsEntry("records written", "12")
        .containsEntry("bad inputs", "1")
        .doesNotContainKey("input images");
    long bytes = Files.size(mixed.resolve(SHARD_0));
    assertThat(Long.parseLong(shown.get("bytes written"))).isBetween(bytes / 2, bytes);
  }
}
