package io.emulsion.shard.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.AbstractShardFormatTest;
import io.emulsion.shard.BytesInput;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataCard;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardReader;
import io.emulsion.shard.ShardWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.Version;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormatTest extends AbstractShardFormatTest {
  private static final ShardContext CATS_AND_DOGS =
      new ShardContext(List.of("cat", "dög \"1\""), "jpeg", 0, false);

  private static final SampleColumns COLUMNS = new SampleColumns(CATS_AND_DOGS);
  private static final ShardContext SOFT_PIXELS =
      new ShardContext(CATS_AND_DOGS.classes(), "raw", 1, true);

  private static final MixedSample SAMPLE =
      new MixedSample(
          new Place(1, 12, 345),
          HexFormat.of().parseHex("ffd8ff00d9"),
          2,
          300,
          1,
          0,
          0.25,
          new ImageId("dog/é 1.jpg"),
          new ImageId("cat/2.jpg"),
          new float[0]);

  /** Of the file that holds {@link #SAMPLE} alone. */
  private static final String GOLDEN =
      "f14bfa16ff929c4c31e78c109f99105265fb0067c6071ad44fbc3ecab6d1c155";

  /** Of {@link #SAMPLE} as pixels, with a soft label and an offset. */
  private static final String GOLDEN_OF_SOFT_PIXELS =
      "6dfff3b3d63ba6d103fa3f75bac7ec384850a41835124bbcf0a6e1c011c3f7b3";

  /** Of {@link FixedShard}. */
  private static final String GOLDEN_OF_TWO_ROW_GROUPS =
      "0e9a438a53b85717b34b604de83a507cd076a37bf4c1416639c707a4d1635dce";

  @Override
  protected ShardFormat format() {
    return new ParquetFormat();
  }

  @Override
  protected boolean noticesMissingLastRecords() {
    return true; // the footer is at the end
  }

  @Override
  protected boolean checksEachBit() {
    return false; // pages have checksums; their headers and the footer have none
  }

  @Test
  void writesTheGoldenBytes() throws Exception {
    byte[] file = file(SAMPLE);
    // Magic number, header of the first page, its levels (one row that is not null), the image.
    assertThat(HexFormat.of().formatHex(Arrays.copyOf(file, 48)))
        .isEqualTo(
            "50415231150015201520158399d1ff061c150215001506150800000300000003020005000000ffd8ff00d91500153615");
    assertThat(sha256(file)).isEqualTo(GOLDEN);
  }

  @Test
  void writesTheGoldenBytesOfTwoRowGroups() throws IOException {
    assertThat(FixedShard.write(OutputStream.nullOutputStream()))
        .isEqualTo(GOLDEN_OF_TWO_ROW_GROUPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx80m", "-Xmx2g"})
  void writesTheSameBytesWithAnyHeap(String heap) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                classPath,
                FixedShard.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo(GOLDEN_OF_TWO_ROW_GROUPS);
  }

  @Test
  void cutsRowGroupsByBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FixedShard.write(out);
    List<BlockMetaData> groups = footer(out.toByteArray()).getBlocks();
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).getTotalByteSize())
        .isBetween(
            ParquetShardWriter.ROW_GROUP_BYTES - 300_000, ParquetShardWriter.ROW_GROUP_BYTES);
    ShardReader reader = format().reader(new BytesInput(out.toByteArray()), FixedShard.CONTEXT);
    for (int i = 0; i < FixedShard.SAMPLES; i++) {
      MixedSample sample = reader.next();
      assertThat(sample).isNotNull();
      assertThat(sample.place().position()).isEqualTo(i);
    }
    assertThat(reader.next()).isNull();
  }

  @Test
  void storesImagesPlainAndAllElseCompressed() throws IOException {
    ParquetMetadata footer = footer(file(SAMPLE));
    for (ColumnChunkMetaData column : footer.getBlocks().get(0).getColumns()) {
      boolean image = column.getPath().toDotString().equals("image.bytes");
      assertThat(column.getCodec())
          .isEqualTo(image ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD);
      assertThat(column.getEncodings())
          .contains(Encoding.PLAIN)
          .noneMatch(Encoding::usesDictionary);
      assertThat(column.hasDictionaryPage()).isFalse();
      if (image) {
        assertThat(column.getStatistics().isEmpty()).isTrue();
        assertThat(column.getColumnIndexReference()).isNull();
      }
    }
  }

  /** What {@code datasets} needs to see images and classes, by trial (formats.md, section 4.1). */
  @Test
  void hasOnlyOptionalColumns() {
    assertThat(COLUMNS.type().getPaths())
        .extracting(path -> String.join(".", path))
        .startsWith("image.bytes", "image.path");
    for (Type column : COLUMNS.type().getFields()) {
      assertThat(column.getRepetition()).isEqualTo(Repetition.OPTIONAL);
    }
    assertThat(COLUMNS.type().getFields().get(0).asGroupType().getFields())
        .extracting(Type::getRepetition)
        .containsOnly(Repetition.OPTIONAL);
  }

  @Test
  void namesItsFeaturesInTheFooter() throws IOException {
    ParquetMetadata footer = footer(file(SAMPLE));
    assertThat(footer.getFileMetaData().getKeyValueMetaData()).containsOnlyKeys("huggingface");
    String classLabel = "{\"names\":[\"cat\",\"dög \\\"1\\\"\"],\"_type\":\"ClassLabel\"}";
    assertThat(footer.getFileMetaData().getKeyValueMetaData().get("huggingface"))
        .isEqualTo(
            "{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},"
                + "\"height\":{\"dtype\":\"int32\",\"_type\":\"Value\"},"
                + "\"width\":{\"dtype\":\"int32\",\"_type\":\"Value\"},"
                + "\"label\":"
                + classLabel
                + ",\"label_a\":"
                + classLabel
                + ",\"label_b\":"
                + classLabel
                + ",\"lambda\":{\"dtype\":\"float64\",\"_type\":\"Value\"},"
                + "\"id_a\":{\"dtype\":\"string\",\"_type\":\"Value\"},"
                + "\"id_b\":{\"dtype\":\"string\",\"_type\":\"Value\"},"
                + "\"view\":{\"dtype\":\"int32\",\"_type\":\"Value\"}}}}");
    String odd = new SampleColumns(with(List.of("a\u0001\\"), 0)).features();
    assertThat(new ObjectMapper().readTree(odd)).isNotNull();
  }

  private static ShardContext with(List<String> classes, int offset) {
    return new ShardContext(classes, "jpeg", offset, false);
  }

  @Test
  void namesTheFeaturesOfSoftLabelsAndPixels() {
    assertThat(new SampleColumns(SOFT_PIXELS).features())
        .startsWith(
            "{\"info\":{\"features\":{\"pixels\":{\"dtype\":\"binary\",\"_type\":\"Value\"},"
                + "\"key\":{\"dtype\":\"string\",\"_type\":\"Value\"},")
        .contains(
            "\"label_b\":{\"names\":[\"unused-0\",\"cat\",\"dög \\\"1\\\"\"],\"_type\":\"ClassLabel\"},"
                + "\"soft\":{\"feature\":{\"dtype\":\"float32\",\"_type\":\"Value\"},\"_type\":\"List\"},"
                + "\"lambda\":");
  }

  @Test
  void givesNumbersThatNoClassHasANameOfTheirOwn() throws IOException {
    List<String> classes = List.of("unused-0", "_unused-1", "unused");
    assertThat(names(new SampleColumns(with(classes, 2))))
        .containsExactly("__unused-0", "__unused-1", "unused-0", "_unused-1", "unused");
    assertThat(names(new SampleColumns(with(classes, 1000)))).hasSize(1003).doesNotHaveDuplicates();
    assertThat(new SampleColumns(with(classes, 1001)).features())
        .contains("\"label\":{\"dtype\":\"int64\",\"_type\":\"Value\"}")
        .doesNotContain("unused");
  }

  private static List<String> names(SampleColumns columns) throws IOException {
    JsonNode label =
        new ObjectMapper().readTree(columns.features()).at("/info/features/label/names");
    List<String> names = new ArrayList<>();
    label.forEach(name -> names.add(name.asText()));
    return names;
  }

  @Test
  void storesPixelsPlainAndSoftLabelsCompressed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = format().writer(out, SOFT_PIXELS);
    writer.write(soft(0.75f, 0.25f));
    writer.finish();
    assertThat(sha256(out.toByteArray())).isEqualTo(GOLDEN_OF_SOFT_PIXELS);
    List<ColumnChunkMetaData> columns = footer(out.toByteArray()).getBlocks().get(0).getColumns();
    assertThat(columns)
        .extracting(column -> column.getPath().toDotString())
        .startsWith("pixels", "key", "height")
        .contains("soft.list.element");
    for (ColumnChunkMetaData column : columns) {
      assertThat(column.getCodec())
          .isEqualTo(
              column == columns.get(0)
                  ? CompressionCodecName.UNCOMPRESSED
                  : CompressionCodecName.ZSTD);
    }
    assertThat(columns.subList(0, 2)).allMatch(column -> column.getStatistics().isEmpty());
  }

  @Test
  void refusesSoftLabelsOfAnotherSize() throws IOException {
    assertSoftDamaged(
        "Footer: column soft.list.element of row group 0 has 3 values, but there are 2 rows of 2",
        1,
        2);
    assertSoftDamaged("Row group 0, record 0: soft.list.element is not 2 numbers", 1, 3);
    assertSoftDamaged("Row group 0, record 0: soft.list.element is not 2 numbers", 3, 1);
    assertSoftDamaged("Row group 0, record 0: soft.list.element is null", 0, 3);
  }

  /** A file of two rows, with this many shares each. */
  private static void assertSoftDamaged(String message, int... sizes) throws IOException {
    SampleColumns columns = new SampleColumns(SOFT_PIXELS);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int size : sizes) {
      Map<String, Object> fields = fields();
      fields.put("pixels", fields.remove("image.bytes"));
      fields.put("key", fields.remove("image.path"));
      fields.putAll(Map.of("label", 1L, "label_a", 2L, "label_b", 1L));
      fields.put("soft", Collections.nCopies(size, 0.5f));
      rows.add(fields);
    }
    byte[] file = ParquetRows.file(columns.type(), Map.of("huggingface", columns.features()), rows);
    assertDamagedFile(file, SOFT_PIXELS, message);
  }

  private static MixedSample soft(float... soft) {
    return new MixedSample(
        SAMPLE.place(),
        SAMPLE.image(),
        SAMPLE.height(),
        SAMPLE.width(),
        SAMPLE.labelA(),
        SAMPLE.labelB(),
        SAMPLE.lambda(),
        SAMPLE.first(),
        SAMPLE.partner(),
        soft);
  }

  @Test
  void namesParquetAloneAsCreator() throws IOException {
    assertThat(footer(file(SAMPLE)).getFileMetaData().getCreatedBy())
        .isEqualTo("parquet-mr version 1.18.0 (build 0209dfb48d153f2f3e49a9f12addebe15c0f1d77)")
        .isEqualTo(Version.FULL_VERSION);
  }

  @Test
  void doesNotCloseItsOutput() throws IOException {
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    format().writer(out, CATS_AND_DOGS).finish();
  }

  @Test
  void passesOnThatAFileCannotBeWritten() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left");
          }
        };
    ShardWriter writer = format().writer(full, CATS_AND_DOGS);
    writer.write(SAMPLE);
    assertThatThrownBy(writer::finish)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("No space left");
  }

  @Test
  void refusesFieldsThatCannotBe() throws IOException {
    assertDamaged(Map.of("label", 2L), "label is 2, not in [0, 1]");
    assertDamaged(Map.of("label_a", -1L), "label_a is -1, not in [0, 1]");
    assertDamaged(Map.of("label_b", 1L << 32), "label_b is 4294967296, not in [0, 1]");
    assertDamaged(Map.of("image.path", "1.jpg"), "image.path is '1.jpg', not a record's key");
    assertDamaged(Map.of("height", 0), "height is 0, not in [1, 2147483647]");
    assertDamaged(Map.of("width", -1), "width is -1, not in [1, 2147483647]");
    assertDamaged(Map.of("view", 2), "view is 2, not in [1, 1]");
    assertDamaged(Map.of("lambda", 1.5), "lambda is 1.5, not a multiple of 1/65536 in [0, 1]");
    assertDamaged(Map.of("lambda", -0.5), "lambda is -0.5, not a multiple");
    assertDamaged(Map.of("lambda", Double.NaN), "lambda is NaN, not a multiple");
    assertDamaged(Map.of("lambda", 1 / 131072.0), "not a multiple of 1/65536 in [0, 1]");
    assertDamaged(Map.of("id_a", new byte[] {(byte) 0xff}), "id_a is not UTF-8");
  }

  @Test
  void refusesALabelThatIsNotTheHeavierImages() throws IOException {
    assertDamaged(Map.of("label", 1L), "label is 1, but the heavier image's is 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image",
        "image.bytes",
        "image.path",
        "height",
        "width",
        "label",
        "label_a",
        "label_b",
        "lambda",
        "id_a",
        "id_b",
        "view"
      })
  void refusesNulls(String column) throws IOException {
    String leaf = column.equals("image") ? "image.bytes" : column;
    assertDamagedFile(
        ParquetRows.file(
            COLUMNS.type(), features(), List.of(ParquetRows.without(fields(), column))),
        "Row group 0, record 0: " + leaf + " is null");
  }

  @Test
  void refusesOtherColumns() throws IOException {
    assertDamagedFile(
        ParquetRows.file(ParquetRows.oneColumn(), features(), List.of(Map.of("zoom", 1L))),
        "Footer: its columns are not those of a shard");
  }

  @Test
  void refusesAFooterThatPointsElsewhere() throws IOException {
    byte[] file = file(SAMPLE);
    ParquetMetadata good = footer(file);
    BlockMetaData group = good.getBlocks().get(0);
    FooterCheck.check(good, file.length, COLUMNS);
    assertFooterDamaged(
        good,
        20,
        "Footer: column image.bytes of row group 0 takes 39 bytes, beyond the file's end");
    assertFooterDamaged(
        new ParquetMetadata(good.getFileMetaData(), List.of(group, group)),
        file.length,
        "Footer: column image.bytes of row group 0 starts at byte 4 instead of ");
    group.setRowCount(7);
    assertFooterDamaged(
        good,
        file.length,
        "Footer: column image.bytes of row group 0 has 1 values, but there are 7 rows of 1");
  }

  private static void assertFooterDamaged(ParquetMetadata footer, long fileSize, String message) {
    assertThatThrownBy(() -> FooterCheck.check(footer, fileSize, COLUMNS))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesTheMetadataOfOtherClasses() throws IOException {
    assertDamagedFile(
        ParquetRows.file(
            COLUMNS.type(),
            Map.of("huggingface", new SampleColumns(with(List.of("cat", "dog"), 0)).features()),
            List.of(fields())),
        "Footer: its metadata are not those of this data set");
  }

  @Test
  void tellsWhichRecordIsDamaged() throws IOException {
    byte[] file = file(SAMPLE);
    file[40] ^= 1;
    assertDamagedFile(file, "Row group 0, record 0: could not verify page integrity");
  }

  @Test
  void refusesWhatIsNoParquetFile() {
    assertDamagedFile(new byte[0], "Footer: ");
    assertDamagedFile(new byte[100], "Footer: ");
  }

  @Test
  void hasAllItsColumnsInTheDataCard() {
    TreeMap<String, String> options =
        new TreeMap<>(
            Map.of(
                "mix.lambda.distribution",
                "constant",
                "mix.lambda.value",
                "0.5",
                "mix.lambda.fold",
                "false",
                "mix.seed",
                "0",
                "label.offset",
                "0",
                "label.soft",
                "none",
                "output.encoding",
                "jpeg"));
    assertHasColumns(options, COLUMNS);
    options.put("output.encoding", "raw");
    options.put("label.soft", "float32");
    assertHasColumns(options, new SampleColumns(SOFT_PIXELS));
  }

  private static void assertHasColumns(SortedMap<String, String> options, SampleColumns columns) {
    ManifestHeader header =
        new ManifestHeader("1", "f", options, 1, 0, 1, 1, 1, List.of("parquet"), "train");
    String card = new String(DataCard.of(header), StandardCharsets.UTF_8);
    for (Type column : columns.type().getFields()) {
      assertThat(card).contains("`" + column.getName() + "`");
    }
  }

  private static byte[] file(MixedSample sample) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = new ParquetFormat().writer(out, CATS_AND_DOGS);
    writer.write(sample);
    writer.finish();
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static ParquetMetadata footer(byte[] file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(new ShardInputFile(new BytesInput(file)), options)) {
      return reader.getFooter();
    }
  }

  private static Map<String, String> features() {
    return Map.of("huggingface", COLUMNS.features());
  }

  private static void assertDamaged(Map<String, Object> changed, String message)
      throws IOException {
    Map<String, Object> fields = fields();
    fields.putAll(changed);
    assertDamagedFile(
        ParquetRows.file(COLUMNS.type(), features(), List.of(fields)),
        "Row group 0, record 0: " + message);
  }

  private static void assertDamagedFile(byte[] file, String message) {
    assertDamagedFile(file, CATS_AND_DOGS, message);
  }

  private static void assertDamagedFile(byte[] file, ShardContext context, String message) {
    assertThatThrownBy(() -> new ParquetFormat().reader(new BytesInput(file), context).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith(message.substring(0, message.indexOf(':') + 1))
        .hasMessageContaining(message.substring(message.indexOf(':') + 1));
  }

  /** The fields of {@link #SAMPLE}. */
  private static Map<String, Object> fields() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("image.bytes", SAMPLE.image());
    fields.put("image.path", "v001-00012-00345");
    fields.put("height", 2);
    fields.put("width", 300);
    fields.put("label", 0L);
    fields.put("label_a", 1L);
    fields.put("label_b", 0L);
    fields.put("lambda", 0.25);
    fields.put("id_a", "dog/é 1.jpg");
    fields.put("id_b", "cat/2.jpg");
    fields.put("view", 1);
    return fields;
  }
}
