package io.emulsion.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.QuarantineLine;
import io.emulsion.spark.testing.Fault;
import io.emulsion.spark.testing.Faults;
import io.emulsion.spark.testing.FaultyFileSystem;
import io.emulsion.spark.testing.Folders;
import io.emulsion.spark.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every input is in each view or in the quarantine. */
class BadInputsTest extends JobTest {
  private static final List<String> ODD_NAMES =
      List.of(
          "a/with space.jpg",
          "a/ two.dots.jpg",
          "a/_MG_1234.JPG",
          "a/co:lon.jpg",
          "a/100%25.png",
          "a/new\nline.jpg",
          "a/quote\"back\\slash'.jpg",
          "a/emoji 🦔.jpg",
          "_odd: class é/ü.PNG",
          "b.c/deep/er/x.jpeg",
          "b.c/x.jpeg",
          "alone/1.jpg");

  private Map<String, String> addBadFiles() throws IOException {
    byte[] jpeg = TestImages.jpeg(7);
    byte[] png = TestImages.png(7);
    TestImages.file(photos.resolve("a/empty.jpg"), "");
    TestImages.file(photos.resolve("a/text.jpg"), "<html>not found</html>");
    TestImages.file(photos.resolve("a/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length * 3 / 4));
    TestImages.file(photos.resolve("a/cut.png"), Arrays.copyOf(png, png.length / 2));
    TestImages.file(photos.resolve("b/bomb.jpg"), TestImages.headerBomb(65_500));
    TestImages.file(photos.resolve("b/picture.webp"), "RIFF\0\0\0\0WEBPVP8 ");
    TestImages.file(photos.resolve("a/.DS_Store"), "system");
    TestImages.file(photos.resolve("b/Thumbs.db"), "system");
    TestImages.file(photos.resolve("b/.hidden.jpg"), jpeg);
    TestImages.file(photos.resolve("b/list.csv"), "other");
    TestImages.file(photos.resolve("beside.jpg"), jpeg);
    Files.createDirectories(photos.resolve("none"));
    return Map.of(
        "a/empty.jpg", "EMPTY",
        "a/text.jpg", "UNSUPPORTED_FORMAT",
        "a/cut.jpg", "TRUNCATED",
        "a/cut.png", "TRUNCATED",
        "b/bomb.jpg", "TOO_LARGE",
        "b/picture.webp", "UNSUPPORTED_FORMAT");
  }

  @Test
  void inputsAreTheRecordsOfAViewAndTheQuarantine() throws IOException {
    Map<String, String> bad = addBadFiles();
    int number = 100;
    for (String name : ODD_NAMES) {
      number++;
      TestImages.file(
          photos.resolve(name), number % 2 == 0 ? TestImages.png(number) : TestImages.jpeg(number));
    }
    TreeSet<String> good = new TreeSet<>(ODD_NAMES);
    for (int i = 0; i < 12; i++) {
      good.add((char) ('a' + i % 3) + "/" + i + (i % 2 == 0 ? ".jpg" : ".png"));
    }

    Ran ran = mix("--set=mix.views-per-pass=1").ended(); // two passes, which have to agree
    verify().ended();

    for (int view = 0; view < 2; view++) {
      List<MixedSample> samples = DataSetRecords.ofView(mixed, view);
      assertThat(samples)
          .extracting(sample -> sample.first().value())
          .containsExactlyInAnyOrderElementsOf(good);
      assertThat(samples)
          .extracting(sample -> sample.partner().value())
          .containsExactlyInAnyOrderElementsOf(good);
    }
    Map<String, String> reasons = new TreeMap<>();
    List<QuarantineLine> lines = DataSetRecords.quarantine(mixed);
    lines.forEach(line -> reasons.put(line.id(), line.reason()));
    assertThat(reasons).isEqualTo(bad).hasSameSizeAs(lines);
    assertThat(lines).extracting(QuarantineLine::id).isSorted();
    for (QuarantineLine line : lines) {
      assertThat(line.sizeBytes()).isEqualTo(Files.size(photos.resolve(line.id())));
      assertThat(line.message()).isNotBlank().doesNotContain(folder.toString());
    }
    assertThat(ran.out())
        .contains("Wrote 48 samples (2 views of 24) in 4 files")
        .contains("6 of 30 inputs cannot be used: see faulty:" + mixed + "/_emulsion/quarantine")
        .contains(
            "Passed over: files beside the class folders: 1, hidden and system files: 3, other files: 1")
        .contains("Classes without an image: none");
    assertThat(Files.readString(mixed.resolve("labels.txt")))
        .isEqualTo("_odd: class é\na\nalone\nb\nb.c\nc\nnone\n");
    checkReport(ran);
  }

  private void checkReport(Ran ran) throws IOException {
    JsonNode report = new ObjectMapper().readTree(mixed.resolve("_emulsion/report.json").toFile());
    Iterator<String> names = report.fieldNames();
    assertThat(names)
        .toIterable()
        .containsExactly(
            "emulsion",
            "fingerprint",
            "inputs",
            "quarantined",
            "ignored",
            "views",
            "presentViews",
            "records",
            "files",
            "bytes",
            "seconds",
            "imagesPerSecond",
            "keptShards",
            "stageSeconds");
    assertThat(report.get("inputs").asLong()).isEqualTo(30);
    assertThat(report.get("quarantined").asLong()).isEqualTo(6);
    assertThat(report.get("views").asInt()).isEqualTo(2);
    assertThat(report.get("records").asLong()).isEqualTo((30 - 6) * 2);
    assertThat(report.get("files").asLong()).isEqualTo(4);
    assertThat(report.get("bytes").asLong())
        .isEqualTo(Files.size(mixed.resolve(SHARD_0)) + Files.size(mixed.resolve(SHARD_1)));
    assertThat(report.get("ignored").properties())
        .extracting(Map.Entry::getKey, e -> e.getValue().asLong())
        .containsExactly(
            tuple("files beside the class folders", 1L),
            tuple("hidden and system files", 3L),
            tuple("other files", 1L));
    double seconds = report.get("seconds").asDouble();
    assertThat(seconds).isBetween(0.01, 60.0);
    assertThat(report.get("imagesPerSecond").asDouble())
        .isCloseTo(48 / seconds, withPercentage(0.1));
    double stages = 0;
    for (String stage : List.of("read", "decode", "prepare", "blend", "encode", "write")) {
      double ofStage = report.get("stageSeconds").get(stage).asDouble();
      assertThat(ofStage).as(stage).isPositive();
      stages += ofStage;
    }
    assertThat(stages).isLessThan(2 * seconds);
    assertThat(report.get("stageSeconds").size()).isEqualTo(6);
    assertThat(ran.out()).contains("samples a second");
  }

  @Test
  void failNamesTheFirstBadFile() throws IOException {
    TestImages.file(photos.resolve("a/new\nline.jpg"), "text");
    mix("--set=input.on-bad=fail")
        .refused(
            3, "Cannot use 'a/new\\nline.jpg' (4 bytes): Neither JPEG nor PNG", "input.on-bad");
    assertThat(mixed).doesNotExist();
  }

  @Test
  void tenBadFilesAreBorneAndElevenAreNot() throws IOException {
    for (int i = 0; i < 10; i++) {
      TestImages.file(photos.resolve("a/bad-" + i + ".jpg"), "text");
    }
    mix().ended();
    TestImages.file(photos.resolve("a/bad-10.jpg"), "text");
    Path other = folder.resolve("other");
    command("mix", photos.toString(), other.toString())
        .refused(3, "11 of 23 inputs cannot be used", "input.max-bad-fraction");
    assertThat(other).doesNotExist();
    command("mix", photos.toString(), other.toString(), "--set=input.max-bad-fraction=0.5").ended();
    assertThat(DataSetRecords.quarantine(other)).hasSize(11);
  }

  @Test
  void someGoodFileIsNeeded() throws IOException {
    Path bad = folder.resolve("bad");
    TestImages.file(bad.resolve("a/1.jpg"), "text");
    TestImages.file(bad.resolve("b/2.jpg"), "");
    command("mix", bad.toString(), mixed.toString(), "--set=input.max-bad-fraction=1")
        .refused(3, "None of the 2 inputs can be used", "input.on-bad");
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void oneGoodFileMakesADataSet() throws IOException {
    Path one = folder.resolve("one");
    TestImages.file(one.resolve("a/1.jpg"), TestImages.jpeg(1));
    TestImages.file(one.resolve("b/2.jpg"), "");
    command("mix", one.toString(), mixed.toString()).ended();
    verify().ended();
    assertThat(DataSetRecords.ofView(mixed, 1))
        .singleElement()
        .satisfies(sample -> assertThat(sample.lambda()).isEqualTo(1))
        .satisfies(sample -> assertThat(sample.partner()).isEqualTo(sample.first()));
  }

  @Test
  void aShardWithoutAUsableInputIsThereAndHoldsNoRecord() throws IOException {
    Path input = folder.resolve("two-shards");
    ShardLayout layout = new ShardLayout(2);
    for (int i = 0; i < 40; i++) {
      String id = "a/" + i + ".jpg";
      long rank = ImageKey.of(0, Purpose.RANK, 0, new ImageId(id)).first();
      TestImages.file(
          input.resolve(id), layout.shardOf(rank) == 1 ? new byte[0] : TestImages.jpeg(i));
    }
    command(
            "mix",
            input.toString(),
            mixed.toString(),
            "--set=output.shard-samples=32",
            "--set=input.max-bad-fraction=1")
        .ended();
    verify().ended();
    List<QuarantineLine> bad = DataSetRecords.quarantine(mixed);
    assertThat(bad).hasSizeBetween(10, 30).extracting(QuarantineLine::id).isSorted();
    for (int view = 0; view < 2; view++) {
      String shard = "tfrecord/view-00" + view + "/train-00001-of-00002.tfrecord";
      assertThat(mixed.resolve(shard)).exists();
      assertThat(DataSetRecords.ofShard(mixed, shard)).isEmpty();
      assertThat(DataSetRecords.ofView(mixed, view)).hasSize(40 - bad.size());
    }
    try (Stream<Path> files = Files.list(mixed.resolve("_emulsion/quarantine"))) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("part-00001.jsonl");
    }
  }

  /** No task has too many, all finished ones together have, and one task is slow. */
  @Test
  void theDriverStopsAJobWithTooManyBadFiles() throws IOException {
    Path input = folder.resolve("three-shards");
    ShardLayout layout = new ShardLayout(3);
    int[] bad = new int[3];
    int slow = -1;
    for (int i = 0; i < 96; i++) {
      String id = "a/" + i + ".jpg";
      int shard = layout.shardOf(ImageKey.of(0, Purpose.RANK, 0, new ImageId(id)).first());
      boolean text = shard > 0 && bad[shard]++ < 8;
      TestImages.file(input.resolve(id), text ? new byte[] {1, 2, 3} : TestImages.jpeg(i));
      slow = shard == 0 ? i : slow;
    }
    Faults.set(
        Fault.run(
            1,
            "open .*/a/" + slow + ".jpg",
            () -> {
              try {
                TimeUnit.SECONDS.sleep(20);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
    long started = System.nanoTime();
    command(
            "mix",
            FaultyFileSystem.pathOf(input),
            FaultyFileSystem.pathOf(mixed),
            "--set=output.shard-samples=32")
        .refused(3, "16 of 96 inputs cannot be used");
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(10);
    assertThat(manifest()).doesNotExist();
  }

  @Test
  void theSameBadFilesGiveTheSameBytes() throws IOException {
    addBadFiles();
    mix().ended();
    String hash = Folders.dataHash(mixed);
    Faults.reverseListings();
    Path other = folder.resolve("other");
    command("mix", FaultyFileSystem.pathOf(photos), FaultyFileSystem.pathOf(other)).ended();
    assertThat(Folders.dataHash(other)).isEqualTo(hash);
  }
}
