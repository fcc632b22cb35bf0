package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.sample.MixedSample;
import io.emulsion.spark.ml.Mixup;
import io.emulsion.spark.testing.LabelledFrames;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MLlib stage makes what the mix command makes, sample by sample and in the same places. */
class StageAndCommandTest extends JobTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "image.size", "8",
          "image.augment", "[random-resized-crop, flip]",
          "mix.views", "3",
          "mix.views-per-pass", "2",
          "mix.block-samples", "16",
          "mix.seed", "5",
          "output.shard-samples", "32",
          "input.max-bad-fraction", "1");

  @BeforeEach
  void drawMore() throws IOException {
    TestImages.classes(photos, 80);
    Files.write(photos.resolve("b/cut.jpg"), new byte[] {1, 2, 3});
  }

  @ParameterizedTest
  @ValueSource(strings = {"mix.scope=sample", "mix.scope=batch", "mix.partner=other-class"})
  void makesTheSameSamplesInTheSamePlaces(String option) throws IOException {
    List<String> settings = new ArrayList<>(List.of("--set=" + option));
    OPTIONS.forEach((key, value) -> settings.add("--set=" + key + "=" + value));
    settings.add("--set=mix.batch-samples=8");
    mixLocally(settings.toArray(new String[0])).ended();

    for (int partitions : new int[] {1, 7}) {
      List<Row> rows = mixed(option, partitions).filter("bad is null").collectAsList();
      for (int view = 0; view < 3; view++) {
        int wanted = view;
        List<String> ofStage =
            rows.stream()
                .filter(row -> row.<Integer>getAs("view") == wanted)
                .sorted(
                    Comparator.comparingInt((Row row) -> row.<Integer>getAs("shard"))
                        .thenComparingInt(row -> row.<Integer>getAs("position")))
                .map(StageAndCommandTest::text)
                .toList();
        List<String> ofCommand =
            DataSetRecords.ofView(mixed, view).stream().map(StageAndCommandTest::text).toList();
        assertThat(ofStage).hasSize(80).isEqualTo(ofCommand);
      }
    }
  }

  @Test
  void eachPartitionHoldsWholeShardsInOrder() throws IOException {
    Dataset<Row> made = mixed("mix.scope=sample", 5).filter("bad is null");
    List<List<Row>> partitions = made.toJavaRDD().glom().collect();
    List<String> seen = new ArrayList<>();
    for (List<Row> partition : partitions) {
      Map<String, List<Row>> shards =
          partition.stream()
              .collect(
                  java.util.stream.Collectors.groupingBy(
                      row -> row.getAs("view") + "-" + row.getAs("shard")));
      shards.forEach(
          (shard, rows) -> {
            seen.add(shard);
            for (int i = 0; i < rows.size(); i++) {
              assertThat(rows.get(i).<Integer>getAs("position")).isEqualTo(i);
            }
          });
    }
    assertThat(seen).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void softLabelsAreVectorsOfBothShares() throws IOException {
    List<Row> rows = mixed("label.soft=float32", 3).filter("bad is null").collectAsList();
    assertThat(rows).hasSize(240);
    for (Row row : rows) {
      double[] expected = new double[3];
      double lambda = row.getAs("lambda");
      expected[(int) row.<Double>getAs("label_a").doubleValue()] += lambda;
      expected[(int) row.<Double>getAs("label_b").doubleValue()] += 1 - lambda;
      assertThat(row.<Vector>getAs("soft").toArray()).isEqualTo(expected);
    }
  }

  @Test
  void aBadImageIsARowOfItsOwnWithTheReason() throws IOException {
    List<Row> bad = mixed("mix.scope=sample", 3).filter("bad is not null").collectAsList();
    assertThat(bad).hasSize(1);
    Row why = bad.get(0).getAs("bad");
    assertThat(why.<String>getAs("id")).isEqualTo("b/cut.jpg");
    assertThat(why.<String>getAs("reason")).isEqualTo("UNSUPPORTED_FORMAT");
    assertThat(why.<Long>getAs("bytes")).isEqualTo(3);
    assertThat(bad.get(0).<byte[]>getAs("image")).isNull();
  }

  private Dataset<Row> mixed(String option, int partitions) throws IOException {
    Mixup mixup = new Mixup();
    OPTIONS.forEach(mixup::setParam);
    mixup.setParam("mix.batch-samples", 8);
    String[] parts = option.split("=", 2);
    mixup.setParam(parts[0], parts[1]);
    Dataset<Row> frame = LabelledFrames.of(SparkSession.active(), photos);
    return mixup.transform(frame.repartition(partitions));
  }

  private static String text(Row row) {
    return text(
        row.getAs("view"),
        row.getAs("shard"),
        row.getAs("position"),
        row.getAs("id_a"),
        row.getAs("id_b"),
        row.<Double>getAs("label_a").intValue(),
        row.<Double>getAs("label_b").intValue(),
        row.getAs("lambda"),
        row.getAs("height"),
        row.getAs("width"),
        row.getAs("image"));
  }

  private static String text(MixedSample sample) {
    return text(
        sample.place().view(),
        sample.place().shard(),
        sample.place().position(),
        sample.first().value(),
        sample.partner().value(),
        sample.labelA(),
        sample.labelB(),
        sample.lambda(),
        sample.height(),
        sample.width(),
        sample.image());
  }

  private static String text(
      int view,
      int shard,
      int position,
      String first,
      String partner,
      int labelA,
      int labelB,
      double lambda,
      int height,
      int width,
      byte[] image) {
    return String.join(
        " ",
        List.of(
            view + "/" + shard + "/" + position,
            first + "+" + partner,
            labelA + "+" + labelB,
            Double.toString(lambda),
            height + "x" + width,
            java.util.HexFormat.of().formatHex(image)));
  }
}
