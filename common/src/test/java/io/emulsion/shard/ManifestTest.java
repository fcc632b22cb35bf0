package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final ManifestHeader HEADER =
      new ManifestHeader(
          "0.1.0",
          "00ff",
          new TreeMap<>(Map.of("mix.seed", "7", "label.classes", "a \"b\"\\\n", "mix.views", "2")),
          5_000_000_000L,
          3,
          1000,
          2,
          313,
          List.of("tfrecord", "parquet"),
          "tr\u00e4in");
  private static final ShardInfo SHARD =
      new ShardInfo(
          "tfrecord/view-000/train-00000-of-00313.tfrecord", 4096, 90_000_000_000L, hash('a'));
  private static final ShardInfo LABELS = new ShardInfo("labels.txt", 0, 12, hash('b'));
  private static final ShardInfo QUARANTINE =
      new ShardInfo("_emulsion/quarantine/part-00007.jsonl", 3, 300, hash('c'));

  private static final String GOLDEN =
      """
      {
        "emulsion": "0.1.0",
        "format": 1,
        "fingerprint": "00ff",
        "options": {
          "label.classes": "a \\"b\\"\\\\\\n",
          "mix.seed": "7",
          "mix.views": "2"
        },
        "inputs": 5000000000,
        "quarantined": 3,
        "classes": 1000,
        "views": 2,
        "shards": 313,
        "formats": ["tfrecord", "parquet"],
        "split": "tr\u00e4in",
        "files": [
          {"path":"tfrecord/view-000/train-00000-of-00313.tfrecord","records":4096,"bytes":90000000000,"sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
          {"path":"labels.txt","records":0,"bytes":12,"sha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}
        ],
        "quarantine": [
          {"path":"_emulsion/quarantine/part-00007.jsonl","records":3,"bytes":300,"sha256":"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"}
        ],
        "sha256": "a74dbded8f8230e84a551048da76a345fa2bb8702470f5b6242a01acc6cf7122"
      }
      """;

  @Test
  void isWrittenAsAlways() throws IOException {
    assertThat(new String(write(), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
  }

  @Test
  void endsWithTheHashOfAllBytesBeforeThatLine() throws Exception {
    String text = new String(write(), StandardCharsets.UTF_8);
    String before = text.substring(0, text.indexOf("  \"sha256\": "));
    assertThat(text).isEqualTo(before + "  \"sha256\": \"" + sha256(before) + "\"\n}\n");
  }

  @Test
  void isJson() throws IOException {
    Map<?, ?> json = new ObjectMapper().readValue(write(), Map.class);
    assertThat(json.get("options")).isEqualTo(HEADER.options());
    assertThat((List<?>) json.get("files")).hasSize(2);
    assertThat(new ObjectMapper().readValue(writeEmpty(), Map.class).get("files"))
        .isEqualTo(List.of());
  }

  @Test
  void isReadBack() throws IOException {
    ManifestReader reader = reader(write());
    assertThat(reader.header()).isEqualTo(HEADER);
    assertThat(reader.header().samples()).isEqualTo(4_999_999_997L);
    assertThat(reader.nextFile()).isEqualTo(SHARD);
    assertThat(reader.nextFile()).isEqualTo(LABELS);
    assertThat(reader.nextFile()).isNull();
    assertThat(reader.nextFile()).isNull();
    assertThat(reader.nextQuarantineFile()).isEqualTo(QUARANTINE);
    assertThat(reader.nextQuarantineFile()).isNull();
    assertThat(reader.nextQuarantineFile()).isNull();
    reader.finish();
  }

  @Test
  void isReadBackWithoutAnyFile() throws IOException {
    ManifestReader reader = reader(writeEmpty());
    assertThat(reader.nextFile()).isNull();
    assertThat(reader.nextQuarantineFile()).isNull();
    reader.finish();
  }

  @Test
  void isCheckedWholeByWhoeverReadsNothing() throws IOException {
    reader(write()).finish();
    ManifestReader halfRead = reader(write());
    assertThat(halfRead.nextFile()).isEqualTo(SHARD);
    assertThat(halfRead.nextQuarantineFile()).isEqualTo(QUARANTINE);
    halfRead.finish();
  }

  @Test
  void isReadWhateverPiecesAStreamGives() throws IOException {
    InputStream drops =
        new FilterInputStream(new ByteArrayInputStream(write())) {
          private int size;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            size = size % 131 + 1;
            return super.read(bytes, offset, Math.min(length, size));
          }
        };
    new ManifestReader(drops).finish();
  }

  @Test
  void isWrittenAndReadAsItGoes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestWriter writer = new ManifestWriter(out, HEADER);
    for (int i = 0; i < 1000; i++) {
      int before = out.size();
      writer.addFile(LABELS);
      assertThat(out.size()).isGreaterThan(before + 64);
    }
    writer.finish();
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    ManifestReader reader = new ManifestReader(in);
    assertThat(reader.nextFile()).isEqualTo(LABELS);
    assertThat(in.available()).isGreaterThan(100_000);
    reader.finish();
  }

  @Test
  void leavesItsStreamOpen() throws IOException {
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(write())) {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    new ManifestReader(in).finish();
  }

  @Test
  void showsEachFlippedBit() throws IOException {
    byte[] good = write();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(catchThrowable(() -> reader(damaged).finish()))
          .as("bit %d", bit)
          .isInstanceOf(DamagedShardException.class)
          .hasMessageStartingWith("_emulsion/manifest.json is damaged");
    }
  }

  @Test
  void showsACutAnywhereAndAnythingMore() throws IOException {
    byte[] good = write();
    for (int size = 0; size < good.length; size++) {
      byte[] cut = Arrays.copyOf(good, size);
      assertThat(catchThrowable(() -> reader(cut).finish()))
          .as("first %d bytes", size)
          .isInstanceOf(DamagedShardException.class)
          .hasMessageStartingWith("_emulsion/manifest.json is damaged");
    }
    for (String more : List.of("\n", " ", "{}", "x", "\0")) {
      byte[] longer =
          (new String(good, StandardCharsets.UTF_8) + more).getBytes(StandardCharsets.UTF_8);
      assertThat(catchThrowable(() -> reader(longer).finish()))
          .isInstanceOf(DamagedShardException.class);
    }
  }

  @Test
  void refusesWhatNoWriterWrites() throws IOException {
    assertDamaged("\"inputs\"", "\"input\"", "line 10: has key 'input' where 'inputs' belongs");
    assertDamaged("\"split\"", "\"x\": 1, \"split\"", "has key 'x' where 'split' belongs");
    assertDamaged("\"views\": 2", "\"views\": 0", "views is 0, not in [1, 2147483647]");
    assertDamaged("\"views\": 2", "\"views\": 2147483648", "views is 2147483648, not in");
    assertDamaged(
        "\"views\": 2", "\"views\": 2.0", "has VALUE_NUMBER_FLOAT instead of VALUE_NUMBER");
    assertDamaged("5000000000", "9223372036854775808", "out of range of long");
    assertDamaged(":4096", ":-1", "records is -1, not in [0, 9223372036854775807]");
    assertDamaged("\"bytes\":12", "\"bytes\":null", "has VALUE_NULL instead of VALUE_NUMBER_INT");
    assertDamaged("\"mix.views\"", "\"mix.seed\"", "'mix.seed' must not follow 'mix.seed'");
    assertDamaged("bbbb\"", "bbbB\"", "not 64 hexadecimal digits");
    assertDamaged("\"tfrecord\", ", "3, ", "has VALUE_NUMBER_INT instead of VALUE_STRING");
    assertDamaged("\"format\": 1", "\"format\": 2", "its layout is 2: read it with Emulsion 0.1.0");
    assertDamaged("\"0.1.0\"", "\"0.\\q\"", "line 2: Unrecognized character escape 'q'");
  }

  @Test
  void refusesPathsThatLeaveTheDataSet() throws IOException {
    for (String path :
        List.of(
            "", "/etc/x", "../x", "a/../x", "a/..", ".", "./x", "a//x", "a/", "file:/x", "a\\n")) {
      assertDamaged("labels.txt", path, "is not the path of a file in the data set");
    }
    String good = "a..b/..c/.d/e\u00e9 .txt";
    ManifestReader reader = reader(withHash("labels.txt", good));
    reader.nextFile();
    assertThat(reader.nextFile()).extracting(ShardInfo::path).isEqualTo(good);
  }

  @Test
  void takesNoFileAfterAQuarantineFileOrTheEnd() throws IOException {
    ManifestWriter writer = new ManifestWriter(OutputStream.nullOutputStream(), HEADER);
    writer.addQuarantineFile(QUARANTINE);
    assertThatThrownBy(() -> writer.addFile(SHARD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Files come before quarantine files");
    writer.finish();
    assertThatThrownBy(() -> writer.addQuarantineFile(QUARANTINE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The manifest is finished");
    assertThatThrownBy(writer::finish).hasMessage("The manifest is finished");
  }

  @Test
  void passesOnThatItCannotBeRead() {
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("The disk is gone");
          }
        };
    assertThatThrownBy(() -> new ManifestReader(broken))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("The disk is gone");
  }

  private static byte[] write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestWriter writer = new ManifestWriter(out, HEADER);
    writer.addFile(SHARD);
    writer.addFile(LABELS);
    writer.addQuarantineFile(QUARANTINE);
    writer.finish();
    return out.toByteArray();
  }

  private static byte[] writeEmpty() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ManifestHeader none =
        new ManifestHeader("0", "f", new TreeMap<>(), 0, 0, 0, 1, 1, List.of(), "train");
    new ManifestWriter(out, none).finish();
    return out.toByteArray();
  }

  private static ManifestReader reader(byte[] bytes) throws IOException {
    return new ManifestReader(new ByteArrayInputStream(bytes));
  }

  /** Reads the manifest with {@code part} replaced; its hash is right. */
  private static void assertDamaged(String part, String replacement, String message)
      throws IOException {
    byte[] changed = withHash(part, replacement);
    assertThatThrownBy(() -> reader(changed).finish())
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith("_emulsion/manifest.json is damaged at line ")
        .hasMessageContaining(message);
  }

  private static byte[] withHash(String part, String replacement) throws IOException {
    String text = new String(write(), StandardCharsets.UTF_8);
    assertThat(text).contains(part);
    String before = text.substring(0, text.indexOf("  \"sha256\": ")).replace(part, replacement);
    return (before + ManifestWriter.trailer(sha256(before))).getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.start().digest(utf8));
  }

  private static String hash(char digit) {
    return String.valueOf(digit).repeat(64);
  }
}
