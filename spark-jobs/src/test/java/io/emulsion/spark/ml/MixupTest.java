package io.emulsion.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.config.ConfigKey;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.testing.LabelledFrames;
import io.emulsion.spark.testing.LocalSpark;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage as MLlib uses it. That it mixes as the command does: StageAndCommandTest. */
class MixupTest {
  private static final StructType NAMED =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("image", DataTypes.BinaryType)
          .add("class", DataTypes.StringType);

  private static SparkSession session = LocalSpark.start("local[2]");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void start() {
    session = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stop() {
    LocalSpark.stop();
  }

  private static Dataset<Row> frame(int images) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      rows.add(RowFactory.create("i" + i, TestImages.jpeg(i), (double) (i % 3)));
    }
    return session.createDataFrame(rows, LabelledFrames.type(List.of("a", "b", "c")));
  }

  private static List<String> texts(Dataset<Row> made) {
    return made.orderBy("view", "shard", "position").toJSON().collectAsList();
  }

  @Test
  void paramsAreNamedAsTheOptionsAreAndHaveTheirDefaults() {
    Mixup mixup = new Mixup();
    List<String> names = Arrays.stream(mixup.params()).map(Param::name).toList();
    assertThat(names).contains("idCol", "imageCol", "labelCol", "mix.lambda.alpha", "image.size");
    for (ConfigKey key : ConfigKey.values()) {
      boolean whereFrom =
          key.key().matches("task|input\\.(format|path)|label\\.(classes|offset)|read\\.in-flight");
      boolean ofBoxes =
          key.key().matches("input\\.(annotations|image-set|on-bad-box)|label\\.min-weight");
      boolean whereTo = key.key().matches("output\\.(path|format|split|overwrite|append|publish)");
      assertThat(names.contains(key.key()))
          .as(key.key())
          .isEqualTo(!whereFrom && !ofBoxes && !whereTo);
      if (names.contains(key.key())) {
        Param<Object> param = mixup.getParam(key.key());
        assertThat(param.doc()).isEqualTo(key.description());
        assertThat(mixup.getOrDefault(param)).isEqualTo(key.defaultText().orElseThrow());
      }
    }
  }

  @Test
  void savedAndLoadedItIsTheSameStage() throws IOException {
    Mixup mixup =
        new Mixup()
            .setParam("image.size", List.of(8, 6))
            .setParam("mix.views", 2)
            .setParam("mix.lambda.alpha", 0.4)
            .setParam("label.soft", "float32");
    String path = folder.resolve("mixup").toString();
    mixup.write().overwrite().save(path);
    Mixup loaded = Mixup.load(path);
    assertThat(loaded.uid()).isEqualTo(mixup.uid());
    assertThat(loaded.explainParams()).isEqualTo(mixup.explainParams()).contains("current: [8, 6]");
    assertThat(texts(loaded.transform(frame(12))))
        .hasSize(24)
        .isEqualTo(texts(mixup.transform(frame(12))));
    assertThat(loaded.copy(ParamMap.empty()).explainParams()).isEqualTo(mixup.explainParams());
  }

  @Test
  void inAPipelineItMixesWhatAStringIndexerNumbered() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(RowFactory.create("i" + i, TestImages.jpeg(i), List.of("é", "b", "B").get(i % 3)));
    }
    Dataset<Row> named = session.createDataFrame(rows, NAMED);
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("class")
            .setOutputCol("label")
            .setStringOrderType("alphabetAsc");
    Mixup mixup = new Mixup().setParam("image.size", 8).setParam("mix.seed", 3);
    SQLTransformer usable =
        new SQLTransformer().setStatement("SELECT id_a, label_a FROM __THIS__ WHERE bad IS NULL");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {indexer, mixup, usable});
    String pipelinePath = folder.resolve("pipeline").toString();
    pipeline.write().save(pipelinePath);
    PipelineModel model = Pipeline.load(pipelinePath).fit(named);
    String modelPath = folder.resolve("model").toString();
    model.write().save(modelPath);
    Dataset<Row> made = PipelineModel.load(modelPath).transform(named);
    assertThat(made.count()).isEqualTo(12);
    for (Row row : made.collectAsList()) {
      int number = Integer.parseInt(row.<String>getAs("id_a").substring(1));
      assertThat(row.<Double>getAs("label_a"))
          .isEqualTo(List.of("B", "b", "é").indexOf(List.of("é", "b", "B").get(number % 3)));
    }
  }

  @Test
  void aStringIndexerNumbersClassesAsWeDo() {
    List<String> names =
        List.of(
            "zebra",
            "Zebra",
            "zebra 2",
            "_x",
            "10",
            "9",
            "",
            "é",
            "e\u0301",
            "ß",
            "日本",
            "Ω",
            "\uFF21",
            "\uE000",
            "😀",
            "👍🏽",
            "a\uD83D\uDE00",
            "a\uFFFD");
    List<Row> rows = new ArrayList<>();
    names.stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> rows.add(RowFactory.create(name)));
    StructType type = new StructType().add("class", DataTypes.StringType);
    StringIndexerModel model =
        new StringIndexer()
            .setInputCol("class")
            .setOutputCol("label")
            .setStringOrderType("alphabetAsc")
            .fit(session.createDataFrame(rows, type));
    List<String> ours =
        ClassIndex.sorted(names.stream().filter(name -> !name.isEmpty()).toList()).names();
    assertThat(model.labelsArray()[0]).containsExactlyElementsOf(ours);
  }

  @Test
  void theClassesNamesGoAlongAndSoftLabelsAreVectors() throws IOException {
    Dataset<Row> made =
        new Mixup().setParam("image.size", 8).setParam("label.soft", "float32").transform(frame(6));
    StructType schema = made.schema();
    for (String column : List.of("label_a", "label_b")) {
      var attribute = schema.apply(column).metadata().getMetadata("ml_attr");
      assertThat(attribute.getStringArray("vals")).containsExactly("a", "b", "c");
      assertThat(attribute.getString("name")).isEqualTo(column);
    }
    assertThat(schema.apply("soft").dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(schema.fieldNames())
        .containsExactly(
            "image",
            "height",
            "width",
            "label_a",
            "label_b",
            "lambda",
            "id_a",
            "id_b",
            "soft",
            "view",
            "shard",
            "position",
            "bad");
  }

  @Test
  void theReadmeNamesTheColumnsAndTheParams() throws IOException {
    String readme = Files.readString(Path.of("../README.md")).replaceAll("\\s+", " ");
    Mixup mixup = new Mixup().setParam("label.soft", "float32");
    String out = readme.replaceAll(".*- \\*\\*Out\\*\\*: (.*?)\\. Each partition.*", "$1");
    List<String> columns =
        Pattern.compile("`(\\w+)`(?= \\(an|,|$)")
            .matcher(out)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(columns).containsExactly(mixup.transform(frame(3)).schema().fieldNames());
    String params = readme.replaceAll(".*- \\*\\*Params\\*\\* (.*?) Names with dots.*", "$1");
    for (Param<?> param : mixup.params()) {
      if (param.name().matches("(label|input|output)\\..*")) {
        assertThat(params).contains("`" + param.name() + "`");
      }
    }
  }

  @Test
  void theSchemaIsKnownWithoutAJob() throws IOException {
    Mixup mixup = new Mixup().setParam("label.soft", "float32");
    Dataset<Row> frame = frame(3);
    StructType promised = mixup.transformSchema(frame.schema());
    StructType made = mixup.transform(frame).schema();
    assertThat(promised.fieldNames()).isEqualTo(made.fieldNames());
    for (String name : promised.fieldNames()) {
      assertThat(promised.apply(name).dataType()).isEqualTo(made.apply(name).dataType());
    }
  }

  @Test
  void anEmptyFrameGivesAnEmptyOne() throws IOException {
    assertThat(new Mixup().transform(frame(3).filter("id = 'none'")).count()).isZero();
  }

  @Test
  void theFirstBadImageEndsTheJobWhereAsked() throws IOException {
    Dataset<Row> bad =
        session.createDataFrame(
            List.of(RowFactory.create("cut", new byte[] {1}, 0.0)),
            LabelledFrames.type(List.of("a")));
    Dataset<Row> frame = frame(12).union(bad);
    assertThatThrownBy(() -> new Mixup().setParam("input.on-bad", "fail").transform(frame).count())
        .hasStackTraceContaining("Cannot use 'cut' (1 bytes)")
        .hasStackTraceContaining("Set input.on-bad to quarantine");
    assertThat(new Mixup().transform(frame).filter("bad is not null").count()).isEqualTo(1);
  }

  @Test
  void tooManyBadImagesEndTheJob() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      rows.add(RowFactory.create("bad" + i, new byte[] {1}, 0.0));
    }
    Dataset<Row> frame =
        frame(12).union(session.createDataFrame(rows, LabelledFrames.type(List.of("a"))));
    assertThatThrownBy(() -> new Mixup().transform(frame).count())
        .hasStackTraceContaining("At least 11 of 23 inputs cannot be used");
  }

  @Test
  void aColumnThatIsMissingOrWrongIsNamed() throws IOException {
    Dataset<Row> frame = frame(3);
    refused(
        frame.drop("id"), "Mixup needs a column 'id', but the data frame has only image, label");
    refused(
        frame.withColumnRenamed("image", "content"),
        "Mixup needs a column 'image', but the data frame has only id, content, label");
    refused(
        frame.withColumn("label", frame.col("label").cast("string")),
        "Mixup needs a number, such as StringIndexer makes, in column 'label', but it holds string");
    refused(
        frame.withColumn("id", frame.col("label")),
        "Mixup needs a string in column 'id', but it holds double");
    assertThat(
            new Mixup()
                .setIdCol("name")
                .setImageCol("content")
                .setLabelCol("class.index")
                .transform(frame.toDF("name", "content", "class.index"))
                .count())
        .isEqualTo(3);
  }

  private static void refused(Dataset<Row> frame, String message) {
    assertThatThrownBy(() -> new Mixup().transform(frame))
        .isInstanceOf(EmulsionException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> new Mixup().transformSchema(frame.schema()))
        .hasMessageContaining(message);
  }

  @Test
  void aRowThatIsNoLabelledImageIsNamed() throws IOException {
    fails(RowFactory.create(null, new byte[] {1}, 0.0), "Column 'id' holds a null");
    fails(RowFactory.create("x", null, 0.0), "Column 'image' is null for id 'x'");
    fails(RowFactory.create("x", new byte[] {1}, null), "Column 'label' is null for id 'x'");
    fails(
        RowFactory.create("x", new byte[] {1}, 3.0),
        "Column 'label' is 3.0 for id 'x', which is no class index from 0 to 2");
    fails(RowFactory.create("x", new byte[] {1}, 0.5), "Column 'label' is 0.5 for id 'x'");
    fails(RowFactory.create("x", new byte[] {1}, -1.0), "Column 'label' is -1.0 for id 'x'");
    fails(RowFactory.create("i1", TestImages.jpeg(1), 0.0), "The data frame holds id 'i1' twice");
  }

  private static void fails(Row row, String message) throws IOException {
    StructType type = LabelledFrames.type(List.of("a", "b", "c"));
    Dataset<Row> frame = frame(3).union(session.createDataFrame(List.of(row), type));
    assertThatThrownBy(() -> new Mixup().transform(frame).count()).hasStackTraceContaining(message);
  }

  @Test
  void aParamThatIsUnknownOrRefusedIsNamed() throws IOException {
    assertThatThrownBy(() -> new Mixup().setParam("mix.lambda.aplha", 1))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("Mixup has no param 'mix.lambda.aplha'. Did you mean 'mix.lambda.alpha'?");
    assertThatThrownBy(() -> new Mixup().setParam("label.classes", "x"))
        .hasMessageStartingWith("Mixup has no param 'label.classes'. Known are idCol, ");
    Dataset<Row> frame = frame(3);
    assertThatThrownBy(() -> new Mixup().setParam("mix.views", 0).transform(frame))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("Mixup: mix.views must be from 1 to 999, but is 0");
  }
}
