package io.emulsion.shard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
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
import io.emulsion.shard.ShardWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TfRecordFormatTest extends AbstractShardFormatTest {
  private static final ShardContext CATS_AND_DOGS =
      new ShardContext(List.of("cat", "dog"), "jpeg", 0, false);

  private static final ShardContext SOFT = new ShardContext(List.of("cat", "dog"), "jpeg", 0, true);

  /** Written by TensorFlow 2.21, the entries of the map sorted by key. */
  private static final String GOLDEN =
      "8801000000000000fa0e7cbc0a85030a1a0a11696d6167652f636c6173732f6c6162656c12051a03"
          + "0a01000a1c0a13696d6167652f636c6173732f6c6162656c5f6112051a030a01010a1c0a13696d61"
          + "67652f636c6173732f6c6162656c5f6212051a030a01000a1b0a10696d6167652f636c6173732f74"
          + "65787412070a050a036361740a1a0a0d696d6167652f656e636f64656412090a070a05ffd8ff00d9"
          + "0a260a0e696d6167652f66696c656e616d6512140a120a10763030312d30303031322d3030333435"
          + "0a180a0c696d6167652f666f726d617412080a060a046a7065670a150a0c696d6167652f68656967"
          + "687412051a030a01020a240a10696d6167652f6d697875702f69645f6112100a0e0a0c646f672fc3"
          + "a920312e6a70670a210a10696d6167652f6d697875702f69645f62120d0a0b0a096361742f322e6a"
          + "70670a1e0a12696d6167652f6d697875702f6c616d626461120812060a040000803e0a190a10696d"
          + "6167652f6d697875702f7669657712051a030a01010a150a0b696d6167652f776964746812061a04"
          + "0a02ac02da21c235";

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

  @Override
  protected ShardFormat format() {
    return new TfRecordFormat();
  }

  @Override
  protected boolean noticesMissingLastRecords() {
    return false; // files have no footer; the manifest knows the number of records
  }

  @Test
  void writesTensorFlowsBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = format().writer(out, CATS_AND_DOGS);
    writer.write(SAMPLE);
    writer.finish();
    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(GOLDEN);
  }

  @Test
  void readsTensorFlowsBytes() throws IOException {
    byte[] file = HexFormat.of().parseHex(GOLDEN);
    assertSame(format().reader(new BytesInput(file), CATS_AND_DOGS).next(), SAMPLE);
  }

  @Test
  void endsWithoutRecordsAsAnEmptyFile() throws IOException {
    assertThat(write(List.of())).isEmpty();
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
  void refusesAnImageAboveTheLimitOfItsReader() {
    MixedSample large =
        new MixedSample(
            SAMPLE.place(),
            new byte[256 << 20],
            2,
            2,
            0,
            0,
            1,
            SAMPLE.first(),
            SAMPLE.partner(),
            new float[0]);
    assertThatThrownBy(
            () -> format().writer(OutputStream.nullOutputStream(), CATS_AND_DOGS).write(large))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            "The mixed image of 'dog/é 1.jpg' takes 268435456 bytes, but a TFRecord of Emulsion"
                + " holds at most 255 MiB: set image.size to less")
        .extracting("exitCode")
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void refusesFieldsThatCannotBe() {
    assertDamaged(Map.of(TfRecordKeys.LABEL, 2L), "image/class/label is 2, not in [0, 1]");
    assertDamaged(Map.of(TfRecordKeys.LABEL_A, -1L), "image/class/label_a is -1, not in [0, 1]");
    assertDamaged(Map.of(TfRecordKeys.LABEL_B, 1L << 32), "label_b is 4294967296, not in [0, 1]");
    assertDamaged(Map.of(TfRecordKeys.TEXT, "dog"), "text is 'dog' instead of 'cat'");
    assertDamaged(Map.of(TfRecordKeys.FILENAME, "1.jpg"), "is '1.jpg', not a record's key");
    assertDamaged(Map.of(TfRecordKeys.FORMAT, "png"), "format is 'png' instead of 'jpeg'");
    assertDamaged(Map.of(TfRecordKeys.HEIGHT, 0L), "height is 0, not in [1, 2147483647]");
    assertDamaged(Map.of(TfRecordKeys.WIDTH, 1L << 31), "image/width is 2147483648, not in");
    assertDamaged(Map.of(TfRecordKeys.VIEW, 2L), "image/mixup/view is 2, not in [1, 1]");
    assertDamaged(Map.of(TfRecordKeys.LAMBDA, 1.5f), "lambda is 1.5, not a multiple of 1/65536");
    assertDamaged(Map.of(TfRecordKeys.LAMBDA, -0.5f), "lambda is -0.5, not a multiple");
    assertDamaged(Map.of(TfRecordKeys.LAMBDA, Float.NaN), "lambda is NaN, not a multiple");
    assertDamaged(Map.of(TfRecordKeys.LAMBDA, 1 / 131072f), "not a multiple of 1/65536 in [0, 1]");
    assertDamaged(Map.of(TfRecordKeys.ID_A, new byte[] {(byte) 0xff}), "id_a is not UTF-8");
  }

  @Test
  void refusesALabelThatIsNotTheHeavierImages() {
    assertDamaged(
        Map.of(TfRecordKeys.LABEL, 1L, TfRecordKeys.TEXT, "dog"),
        "image/class/label is 1, but the heavier image's is 0");
  }

  @Test
  void addsTheOffsetToEachStoredClass() throws IOException {
    ShardContext context = new ShardContext(List.of("cat", "dog"), "jpeg", 1000, false);
    byte[] file = written(SAMPLE, context);
    TfExampleParser example = new TfExampleParser(frame(file));
    assertThat(example.int64(TfRecordKeys.LABEL)).isEqualTo(1000);
    assertThat(example.int64(TfRecordKeys.LABEL_A)).isEqualTo(1001);
    assertThat(example.int64(TfRecordKeys.LABEL_B)).isEqualTo(1000);
    assertThat(example.bytes(TfRecordKeys.TEXT)).asString().isEqualTo("cat");
    assertSame(format().reader(new BytesInput(file), context).next(), SAMPLE);
    assertThatThrownBy(() -> format().reader(new BytesInput(file), CATS_AND_DOGS).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("Record 0 at byte 0: image/class/label is 1000, not in [0, 1]");
    byte[] without = written(SAMPLE, CATS_AND_DOGS);
    assertThatThrownBy(() -> format().reader(new BytesInput(without), context).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("Record 0 at byte 0: image/class/label is 0, not in [1000, 1001]");
  }

  @Test
  void storesSoftLabelsAsOneFloatList() throws IOException {
    byte[] file = written(soft(0.75f, 0.25f), SOFT);
    assertThat(HexFormat.of().formatHex(file))
        .contains("0a200a10696d6167652f636c6173732f736f6674120c120a0a080000403f0000803e0a");
    MixedSample read = format().reader(new BytesInput(file), SOFT).next();
    assertSame(read, soft(0.75f, 0.25f));
  }

  @Test
  void refusesSoftLabelsThatCannotBe() throws IOException {
    assertDamagedSoft("image/class/soft sums to 0.75 instead of 1", 0.5f, 0.25f);
    assertDamagedSoft("image/class/soft holds -0.5, not in [0, 1]", -0.5f, 1.5f);
    assertDamagedSoft("image/class/soft holds NaN, not in [0, 1]", Float.NaN, 1);
    byte[] without = written(SAMPLE, CATS_AND_DOGS);
    assertThatThrownBy(() -> format().reader(new BytesInput(without), SOFT).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessage(
            "Record 0 at byte 0: has key 'image/class/text' where image/class/soft belongs");
    byte[] two = written(soft(1, 0), SOFT);
    ShardContext three = new ShardContext(List.of("cat", "dog", "eel"), "jpeg", 0, true);
    assertThatThrownBy(() -> format().reader(new BytesInput(two), three).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("Record 0 at byte 0: image/class/soft is not 3 numbers");
    assertThatThrownBy(() -> written(soft(1, 0, 0), SOFT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("v001-00012-00345 has a soft label of 3 classes");
  }

  private void assertDamagedSoft(String message, float... soft) throws IOException {
    byte[] file = written(soft(soft), SOFT);
    assertThatThrownBy(() -> format().reader(new BytesInput(file), SOFT).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("Record 0 at byte 0: " + message);
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

  private byte[] written(MixedSample sample, ShardContext context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = format().writer(out, context);
    writer.write(sample);
    writer.finish();
    return out.toByteArray();
  }

  private static Frame frame(byte[] file) throws IOException {
    Frame frame = new FrameReader(new BytesInput(file)).next();
    if (frame == null) {
      throw new AssertionError("no record");
    }
    return frame;
  }

  @Test
  void refusesUnknownAndMissingKeysAndOtherKinds() {
    assertDamaged(Map.of("image/zoom", 1L), "has a key too many, 'image/zoom'");
    assertDamaged(Map.of("image/colorspace", "RGB"), "'image/colorspace' where image/encoded");
    assertDamaged(Map.of(TfRecordKeys.WIDTH, "300"), "image/width is not an int64 list");
    Map<String, Object> fields = fields();
    fields.remove(TfRecordKeys.WIDTH);
    assertDamagedFile(file(fields), "lacks key image/width");
  }

  @Test
  void hasAllItsKeysInTheDataCard() throws IllegalAccessException {
    TreeMap<String, String> options =
        new TreeMap<>(
            Map.of(
                "mix.lambda.alpha", "1.0",
                "mix.lambda.beta", "1.0",
                "mix.lambda.distribution", "beta",
                "mix.lambda.fold", "false",
                "mix.seed", "0",
                "label.offset", "0",
                "label.soft", "float32",
                "image.size", "[1, 1]",
                "output.encoding", "jpeg"));
    ManifestHeader header =
        new ManifestHeader("1", "f", options, 1, 0, 1, 1, 1, List.of("tfrecord"), "train");
    String card = new String(DataCard.of(header), StandardCharsets.UTF_8);
    Field[] constants = TfRecordKeys.class.getDeclaredFields();
    assertThat(constants).hasSize(14);
    for (Field constant : constants) {
      assertThat(card).contains("`" + constant.get(null) + "`");
    }
  }

  @Test
  void hasAllKeysOfBoxesInTheDataCard() throws IllegalAccessException {
    TreeMap<String, String> options =
        new TreeMap<>(
            Map.of(
                "mix.lambda.distribution", "constant",
                "mix.lambda.value", "0.5",
                "mix.lambda.fold", "false",
                "mix.seed", "0",
                "label.offset", "0",
                "image.resize", "none",
                "output.encoding", "jpeg",
                "task", "detection"));
    ManifestHeader header =
        new ManifestHeader("1", "f", options, 1, 0, 1, 1, 1, List.of("tfrecord"), "train");
    String card = new String(DataCard.of(header), StandardCharsets.UTF_8);
    Field[] constants = ObjectKeys.class.getDeclaredFields();
    assertThat(constants).hasSize(12);
    for (Field constant : constants) {
      assertThat(card).contains("`" + constant.get(null) + "`");
    }
  }

  private static void assertDamaged(Map<String, Object> changed, String message) {
    Map<String, Object> fields = fields();
    fields.putAll(changed);
    assertDamagedFile(file(fields), message);
  }

  private static void assertDamagedFile(byte[] file, String message) {
    assertThatThrownBy(
            () -> new TfRecordFormat().reader(new BytesInput(file), CATS_AND_DOGS).next())
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith("Record 0 at byte 0: ")
        .hasMessageContaining(message);
  }

  /** The fields of {@link #SAMPLE}. */
  private static Map<String, Object> fields() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put(TfRecordKeys.LABEL, 0L);
    fields.put(TfRecordKeys.LABEL_A, 1L);
    fields.put(TfRecordKeys.LABEL_B, 0L);
    fields.put(TfRecordKeys.TEXT, "cat");
    fields.put(TfRecordKeys.ENCODED, SAMPLE.image());
    fields.put(TfRecordKeys.FILENAME, "v001-00012-00345");
    fields.put(TfRecordKeys.FORMAT, "jpeg");
    fields.put(TfRecordKeys.HEIGHT, 2L);
    fields.put(TfRecordKeys.ID_A, "dog/é 1.jpg");
    fields.put(TfRecordKeys.ID_B, "cat/2.jpg");
    fields.put(TfRecordKeys.LAMBDA, 0.25f);
    fields.put(TfRecordKeys.VIEW, 1L);
    fields.put(TfRecordKeys.WIDTH, 300L);
    return fields;
  }

  private static byte[] file(Map<String, Object> fields) {
    TfExample example = new TfExample();
    fields.forEach(
        (key, value) -> {
          if (value instanceof Long number) {
            example.addInt64(key, number);
          } else if (value instanceof Float number) {
            example.addFloat(key, number);
          } else if (value instanceof byte[] bytes) {
            example.addBytes(key, bytes);
          } else {
            example.addBytes(key, value.toString().getBytes(StandardCharsets.UTF_8));
          }
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter frames = new FrameWriter(out);
    try {
      frames.write(example.pieces());
      frames.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
