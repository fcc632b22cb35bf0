package io.emulsion.spark.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.ml.Mixup;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.LabelledFrames;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code df.write().format("emulsion")} makes data sets of data frames, and nothing else. */
class FrameSinkTest extends JobTest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "image.size", "8",
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

  private Dataset<Row> made(String... more) throws IOException {
    return madeOf(photos, more);
  }

  private static Dataset<Row> madeOf(Path photos, String... more) throws IOException {
    Mixup mixup = new Mixup();
    OPTIONS.forEach(mixup::setParam);
    for (String option : more) {
      String[] parts = option.split("=", 2);
      mixup.setParam(parts[0], parts[1]);
    }
    return mixup.transform(LabelledFrames.of(SparkSession.active(), photos).repartition(3));
  }

  /** One view of twelve samples in one shard. */
  private Dataset<Row> small() throws IOException {
    return madeOf(TestImages.classes(folder.resolve("few"), 12), "mix.views=1");
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> frame) {
    return frame.write().format("emulsion").mode("append");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "float32"})
  void theStagesFrameBecomesTheFilesOfTheCommand(String soft) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of("--set=output.format=[tfrecord, parquet]", "--set=label.soft=" + soft));
    OPTIONS.forEach((key, value) -> settings.add("--set=" + key + "=" + value));
    mixLocally(settings.toArray(new String[0])).ended();
    Path written = folder.resolve("written");
    writer(made("label.soft=" + soft))
        .option("output.format", "[tfrecord, parquet]")
        .save(written.toString());

    assertThat(DataSetHash.files(written, FrameSinkTest::isData))
        .isEqualTo(DataSetHash.files(mixed, FrameSinkTest::isData))
        .hasSize(20);
    assertThat(Ran.command("verify", written.toString()).ended().out())
        .contains("480 records", "every partner and lambda drawn again");
  }

  private static boolean isData(String name) {
    return name.contains("/view-") || name.equals("labels.txt") || name.contains("quarantine/");
  }

  @Test
  void theCardSaysHowLambdaWasDrawnOrThatItIsNotKnown() throws IOException {
    writer(small()).save(mixed.toString());
    assertThat(Files.readString(mixed.resolve("README.md")))
        .contains("| lambda | drawn from Beta(1, 1) |", "| seed | 5 |", "data-frame");
    Path other = folder.resolve("other");
    writer(small()).option("output.shards", "1").save(other.toString());
    assertThat(Files.readString(other.resolve("README.md")))
        .contains("| lambda | not known: the data set was written from a data frame |")
        .doesNotContain("mix.lambda");
    assertThat(Ran.command("verify", other.toString()).ended().out())
        .contains(
            "12 records", "partners and lambdas are a data frame's, and were not drawn again");
  }

  @Test
  void verifyDrawsAgainWhatTheStageDrew() throws IOException {
    Dataset<Row> small = small();
    writer(small.withColumn("lambda", lit(0.5))).save(mixed.toString());
    assertThat(verify().exitCode()).isEqualTo(7);
    assertThat(verify().err()).contains("at lambda 0.5, but the options draw");
  }

  @Test
  void aFrameThatWasStoredAndReadKeepsWhatItSaysOfItself() throws IOException {
    String stored = folder.resolve("stored").toString();
    made().write().parquet(stored);
    Dataset<Row> read =
        SparkSession.active()
            .read()
            .parquet(stored)
            .repartition(2, col("shard"))
            .sortWithinPartitions("view", "shard", "position");
    writer(read).save(mixed.toString());
    assertThat(verify().ended().out()).contains("240 records", "drawn again");
  }

  @Test
  void anyFrameWithTheColumnsWillDo() throws IOException {
    Path names = TestImages.file(folder.resolve("names.txt"), "x\ny\nz\n");
    Dataset<Row> plain =
        small()
            .select(
                col("image"),
                col("height").cast("long").as("height"),
                col("width"),
                col("label_a").cast("int").as("label_a"),
                col("label_b").cast("float").as("label_b"),
                col("lambda").cast("float").as("lambda"),
                col("id_a"),
                col("id_b"),
                array(lit(0.25), lit(0.5), lit(0.25)).as("soft"),
                lit(0).as("view"),
                lit(0L).as("shard"),
                col("position"));
    writer(plain)
        .option("output.shards", "1")
        .option("label.classes", names.toString())
        .option("label.offset", "1")
        .option("output.split", "held")
        .save(mixed.toString());
    assertThat(mixed.resolve("tfrecord/view-000/held-00000-of-00001.tfrecord")).exists();
    assertThat(mixed.resolve("labels.txt")).hasContent("x\ny\nz\n");
    verify().ended();
  }

  @Test
  void aShardWithoutAUsableImageHasAnEmptyFile() throws IOException {
    writer(small()).option("output.shards", "2").save(mixed.toString());
    assertThat(mixed.resolve("tfrecord/view-000/train-00001-of-00002.tfrecord")).isEmptyFile();
    verify().ended();
  }

  @Test
  void aShardThatComesFromTwoTasksIsRefused() throws IOException {
    Dataset<Row> small = small();
    refused(writer(small.union(small)), "Shard 0 of view 0 comes from two tasks", "repartition(");
    assertThat(mixed).doesNotExist();
  }

  @Test
  void aShardOutOfOrderIsRefused() throws IOException {
    refused(
        writer(small().repartition(1).sortWithinPartitions(col("position").desc())),
        "Sample v000-00000-00011 stands where position 0 of its shard belongs",
        "sortWithinPartitions(");
    refused(
        writer(made().coalesce(1).sortWithinPartitions("view", "position", "shard")),
        "does not stand with the others of its shard");
  }

  @Test
  void aPartOfWhatTheStageMadeIsRefusedUnlessItIsMeant() throws IOException {
    Dataset<Row> part = made().filter("view = 0 and shard != 1");
    refused(writer(part), "View 0 has ", "but Mixup made it of 81 images", "output.shards");
    writer(part).option("output.shards", "3").save(mixed.toString());
    verify().ended();
  }

  @Test
  void aViewWithFewerSamplesIsRefused() throws IOException {
    refused(
        writer(made().filter("view is null or view < 2 or shard = 0"))
            .option("output.shards", "3")
            .option("mix.views", "3"),
        "View 2 has ",
        "samples, but view 0 has 80: each view is the whole set");
  }

  @Test
  void aDataSetIsNeverAddedToButReplacedWhereAsked() throws IOException {
    writer(small()).save(mixed.toString());
    String before = DataSetHash.of(mixed);
    refused(writer(small()), "holds a data set already", "output.overwrite true");
    assertThat(DataSetHash.of(mixed)).isEqualTo(before);
    writer(made()).option("output.overwrite", "true").save(mixed.toString());
    assertThat(verify().ended().out()).contains("240 records");
    assertThat(mixed.resolve(SHARD_0)).doesNotExist();
  }

  @Test
  void aForeignFileIsRefusedAndStays() throws IOException {
    Path foreign = TestImages.file(mixed.resolve("tfrecord/view-000/mine.tfrecord"), "mine");
    refused(writer(small()), "mine.tfrecord is not of a data set of Emulsion");
    assertThat(foreign).hasContent("mine");
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void aWriteThatDiedStandsInNobodysWay() throws IOException {
    Dataset<Row> small = small();
    Faults.set(Fault.of(Fault.Action.FAIL, 1, "rename .*tfrecord$"));
    assertThatThrownBy(() -> writer(small).save(FaultyFileSystem.pathOf(mixed)))
        .hasStackTraceContaining("Failed on purpose");
    Faults.clear();
    assertThat(manifest()).doesNotExist();
    assertThat(publishing()).exists();
    refused(writer(small).option("output.split", "other"), "that did not end");
    writer(small).save(FaultyFileSystem.pathOf(mixed));
    verify().ended();
  }

  @ParameterizedTest
  @CsvSource({
    "lambda, 0.3, 'is 0.3, not a multiple of 1/65536 in [0, 1]'",
    "lambda, 2, 'is 2.0, not a multiple'",
    "label_a, 3, 'is 3, not from 0 to 2'",
    "view, 1, 'is 1, not from 0 to 0'",
    "shard, 4, 'is 4, not from 0 to 0'",
  })
  void aValueThatNoReaderWouldTakeIsRefused(String column, String value, String complaint)
      throws IOException {
    Dataset<Row> frame = small();
    Column kept = frame.col(column);
    Dataset<Row> wrong =
        frame.withColumn(
            column,
            when(
                    col("position").equalTo(3),
                    lit(value).cast(frame.schema().apply(column).dataType()))
                .otherwise(kept));
    refused(
        writer(wrong).option("output.shards", "1").option("label.classes", classes()),
        "Column '" + column + "' of sample v00",
        complaint);
  }

  private String classes() throws IOException {
    return TestImages.file(folder.resolve("names.txt"), "a\nb\nc\n").toString();
  }

  @Test
  void imagesOfAnotherEncodingOrSizeAreRefused() throws IOException {
    DataFrameWriter<Row> png =
        writer(small()).option("output.shards", "1").option("output.encoding", "png");
    refused(png, "Column 'image' of sample v000-00000-00000 is no png: set option output.encoding");
    refused(writer(small()).option("output.encoding", "png"), "is png, but Mixup made jpeg");
    Column odd = when(col("position").equalTo(3), lit(9)).otherwise(lit(8));
    refused(writer(small().withColumn("width", odd)), "has 8 x 9 pixels, but others have 8 x 8");
  }

  @Test
  void aColumnThatIsMissingOrWrongIsNamed() throws IOException {
    Dataset<Row> small = small();
    refused(writer(small.drop("label_b")), "needs a column 'label_b' (a number)");
    refused(writer(small.drop("image")), "needs a column 'image' (binary)");
    refused(
        writer(small.withColumn("height", col("height").cast("string"))),
        "Column 'height' must be a whole number, but is string: cast it");
    refused(writer(small.withColumn("extra", lit(1))), "no place for column 'extra': drop it");
    refused(
        writer(small.withColumn("id_a", lit(null).cast("string"))), "Column 'id_a' holds a null");
    refused(
        writer(small.withColumn("label_a", lit(0.5))).option("label.classes", classes()),
        "Column 'label_a' holds 0.5, which is no whole number from 0");
    refused(
        writer(small.withColumn("soft", array(lit(0.5), lit(0.25), lit(0.0)))),
        "Column 'soft' of sample v000-00000-00000 sums to 0.75 instead of 1");
    refused(
        writer(small.withColumn("soft", array(lit(1.0)))), "has 1 shares, but there are 3 classes");
    refused(
        writer(small.withColumn("label_a", col("label_a").cast("int"))),
        "Column 'label_a' does not name its classes",
        "label.classes");
    refused(
        writer(small.withColumn("shard", col("shard").cast("long"))),
        "Column 'shard' does not say how many shards each view has",
        "output.shards");
    refused(writer(small.filter("position < 0")).option("output.shards", "1"), "holds no sample");
  }

  @Test
  void anOptionThatIsUnknownOrWrongIsNamed() throws IOException {
    Dataset<Row> small = small();
    refused(writer(small).option("output.fromat", "parquet"), "Did you mean 'output.format'?");
    refused(writer(small).option("image.augment", "flip"), "no option 'image.augment'. Known are");
    refused(writer(small).option("output.format", "jpeg"), "output.format");
    refused(writer(small).option("output.shards", "many"), "output.shards must be a number from 1");
    refused(writer(small).option("mix.views", "2"), "mix.views is 2, but Mixup made 1");
    refused(writer(small).option("output.publish", "direct"), "is published by rename");
    refused(
        writer(small).option("label.classes", folder.resolve("none").toString()),
        "which does not exist");
    assertThatThrownBy(() -> writer(small).save())
        .isInstanceOf(EmulsionException.class)
        .hasMessageContaining("needs the data set's folder");
  }

  /** Checks that nothing is published, and that the complaint is one line with {@code parts}. */
  private void refused(DataFrameWriter<Row> writer, String... parts) {
    assertThatThrownBy(() -> writer.save(mixed.toString()))
        .satisfies(
            thrown -> {
              EmulsionException ours = Failures.find(thrown, EmulsionException.class);
              assertThat(ours).as(String.valueOf(thrown)).isNotNull();
              assertThat(ours).hasMessageContainingAll(parts).message().hasLineCount(1);
            });
  }
}
