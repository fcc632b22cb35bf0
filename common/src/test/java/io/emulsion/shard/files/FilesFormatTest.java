package io.emulsion.shard.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.sample.RunLengths;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.FolderFormat.Indexes;
import io.emulsion.shard.FolderReader;
import io.emulsion.shard.RecordFile;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesFormatTest {
  private static final FilesFormat FORMAT = new FilesFormat();
  private static final ShardContext CONTEXT =
      new ShardContext(List.of("cat", "dög \"x\"", "a: b\n\u2028😀"), "jpeg", 1, false, true);
  private static final byte[] PICTURE = {1, 2, 3};

  private static final String GOLDEN_INDEX =
      """
      {"file_name":"00012/v001-00012-00345.jpg","id":12583257,"height":100,"width":200,"id_a":"a/ü\\"1.jpg","id_b":"b/2.jpg","lambda":0.75,"bytes":3,"sha256":"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"}
      {"image_id":12583257,"id":51541020673,"category_id":3,"bbox":[62.1,10,20.02,40.5],"area":300.25,"iscrowd":0,"weight":0.75,"source":0,"difficult":1}
      {"image_id":12583257,"id":51541020674,"category_id":1,"bbox":[0,0,200,100],"area":20000,"iscrowd":1,"segmentation":{"size":[100,200],"counts":[0,20000]},"weight":0.0999755859375,"source":1,"difficult":0}
      """;

  private static MixedSample mixed() {
    return sample(
        new Place(1, 12, 345),
        List.of(
            new MixedBox(
                new Box(62.1, 10, 62.1 + 20.02, 50.5, 2, 1, false, true, 300.25, null), 0.75, 0),
            new MixedBox(
                new Box(
                    0,
                    0,
                    200,
                    100,
                    0,
                    0.4,
                    true,
                    false,
                    Double.NaN,
                    new RunLengths(100, 200, new int[] {0, 20000})),
                0.0999755859375,
                1)));
  }

  private static MixedSample sample(Place place, List<MixedBox> boxes) {
    return new MixedSample(
        place,
        PICTURE,
        100,
        200,
        0,
        0,
        0.75,
        new ImageId("a/ü\"1.jpg"),
        new ImageId("b/2.jpg"),
        new float[0],
        boxes);
  }

  private static MixedBox box(double xMin, double yMin, double xMax, double yMax) {
    return new MixedBox(
        new Box(xMin, yMin, xMax, yMax, 1, 1, false, false, Double.NaN, null), 0.5, 0);
  }

  private static byte[] index(MixedSample... samples) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = FORMAT.writer(out, CONTEXT);
    for (MixedSample sample : samples) {
      writer.write(sample);
    }
    writer.finish();
    return out.toByteArray();
  }

  private static FolderReader reader(byte[] index) throws IOException {
    return FORMAT.reader(
        new ShardInput() {
          @Override
          public long sizeBytes() {
            return index.length;
          }

          @Override
          public void readFully(long position, byte[] buffer, int offset, int length)
              throws IOException {
            if (position + length > index.length) {
              throw new EOFException();
            }
            System.arraycopy(index, (int) position, buffer, offset, length);
          }
        },
        CONTEXT);
  }

  private static List<MixedSample> read(byte[] index) throws IOException {
    FolderReader reader = reader(index);
    List<MixedSample> samples = new ArrayList<>();
    for (MixedSample sample = reader.next(); sample != null; sample = reader.next()) {
      samples.add(sample);
    }
    assertThat(reader.next()).isNull();
    return samples;
  }

  private static String viewFile(String name, String... indexes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Indexes opened =
        new Indexes() {
          @Override
          public int count() {
            return indexes.length;
          }

          @Override
          public InputStream open(int shard) {
            return new ByteArrayInputStream(indexes[shard].getBytes(StandardCharsets.UTF_8));
          }
        };
    FORMAT.writeViewFile(name, 1, opened, CONTEXT, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String yolo(MixedSample sample) {
    return new String(FORMAT.files(sample, CONTEXT).get(1).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void isFoundByItsName() {
    assertThat(ShardFormats.named("files")).isInstanceOf(FilesFormat.class);
    assertThat(FORMAT.extension()).isEqualTo("jsonl");
  }

  @Test
  void anIndexHasTheGoldenBytes() throws IOException {
    assertThat(new String(index(mixed()), StandardCharsets.UTF_8)).isEqualTo(GOLDEN_INDEX);
  }

  @Test
  void readsTheGoldenBytes() throws IOException {
    MixedSample read = read(GOLDEN_INDEX.getBytes(StandardCharsets.UTF_8)).get(0);
    assertThat(read.image()).isEmpty();
    assertThat(read).usingRecursiveComparison().ignoringFields("image", "boxes").isEqualTo(mixed());
    assertThat(read.boxes())
        .usingRecursiveComparison()
        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .ignoringFields("box.weight", "box.area")
        .isEqualTo(mixed().boxes());
    assertThat(read.boxes()).extracting(b -> b.box().area()).containsExactly(300.25, 20000.0);
  }

  @Test
  void namesTheFilesOfEachRecordWithTheirHashes() throws IOException {
    MixedSample plain = sample(new Place(1, 12, 346), List.of());
    FolderReader reader = reader(index(mixed(), plain));
    for (MixedSample sample : List.of(mixed(), plain)) {
      assertThat(reader.next()).isNotNull();
      List<ShardInfo> expected = new ArrayList<>();
      for (RecordFile file : FORMAT.files(sample, CONTEXT)) {
        expected.add(
            new ShardInfo(
                file.folder() + "/" + file.name(),
                1,
                file.bytes().length,
                Sha256.of(file.bytes())));
      }
      assertThat(reader.files()).isEqualTo(expected);
    }
  }

  @Test
  void filesAreCalledByTheRecordsKey() {
    assertThat(FORMAT.files(mixed(), CONTEXT))
        .extracting(file -> file.folder() + "/" + file.name())
        .containsExactly("images/v001-00012-00345.jpg", "labels/v001-00012-00345.txt");
    ShardContext png = new ShardContext(CONTEXT.classes(), "png", 1, false, true);
    assertThat(FORMAT.files(mixed(), png).get(0).name()).isEqualTo("v001-00012-00345.png");
    assertThat(FORMAT.files(mixed(), CONTEXT).get(0).bytes()).isEqualTo(PICTURE);
  }

  @ParameterizedTest
  @CsvSource({
    "images, v001-00012-00345.jpg, true",
    "images, v001-00012-00345.png, true",
    "labels, v001-00012-00345.txt, true",
    "images, v001-00012-00345.npy, false",
    "images, v001-00012-00345.txt, false",
    "labels, v001-00012-00345.jpg, false",
    "images, v002-00012-00345.jpg, false",
    "images, v001-00013-00345.jpg, false",
    "images, v001-00012-000345.jpg, false",
    "images, v001-00012-00345, false",
    "images, .jpg, false",
    "masks, v001-00012-00345.png, false"
  })
  void knowsWhichFilesAShardMayHave(String folder, String name, boolean mayHold) {
    assertThat(FORMAT.mayHold(folder, 1, 12, name)).isEqualTo(mayHold);
  }

  /** The class counts from 0 whatever the offset; a crowd is left out. */
  @Test
  void labelsAreYolosWithoutCrowds() {
    assertThat(yolo(mixed())).isEqualTo("2 0.36055 0.3025 0.1001 0.405\n");
    assertThat(yolo(sample(new Place(0, 0, 0), List.of()))).isEmpty();
  }

  @Test
  void labelsAreRoundedToEightPlacesAndCutAtTheImage() {
    assertThat(yolo(sample(new Place(0, 0, 0), List.of(box(0, 0, 200, 100)))))
        .isEqualTo("1 0.5 0.5 1 1\n");
    assertThat(yolo(sample(new Place(0, 0, 0), List.of(box(-9, -1, 201, 200)))))
        .isEqualTo("1 0.5 0.5 1 1\n");
    assertThat(yolo(sample(new Place(0, 0, 0), List.of(box(1 / 3.0, 0.000001, 200, 100)))))
        .isEqualTo("1 0.50083333 0.50000001 0.99833334 0.99999999\n");
  }

  @Test
  void aViewsJsonHasTheGoldenBytes() throws IOException {
    String second =
        new String(index(sample(new Place(1, 13, 0), List.of())), StandardCharsets.UTF_8);
    String[] lines = GOLDEN_INDEX.split("\n", -1);
    String image = lines[0].substring(0, lines[0].indexOf(",\"bytes\"")) + "}";
    assertThat(viewFile("annotations.json", GOLDEN_INDEX, "", second))
        .isEqualTo(
            """
            {"info":{"description":"View 1 of a mixup training set"},
            "categories":[
            {"id":1,"name":"cat"},
            {"id":2,"name":"dög \\"x\\""},
            {"id":3,"name":"a: b\\n%s😀"}],
            "images":[
            %s,
            {"file_name":"00013/v001-00013-00000.jpg","id":13631488,"height":100,"width":200,"id_a":"a/ü\\"1.jpg","id_b":"b/2.jpg","lambda":0.75}],
            "annotations":[
            %s,
            %s]}
            """
                .formatted("\u2028", image, lines[1], lines[2]));
  }

  @Test
  void anIdThatLooksLikeAHashIsKept() throws IOException {
    ImageId odd = new ImageId("a,\"bytes\":1,\"sha256\":\"\"}.jpg");
    MixedSample sample =
        new MixedSample(
            new Place(0, 0, 0), PICTURE, 9, 9, 0, 0, 1, odd, odd, new float[0], List.of());
    String json = viewFile("annotations.json", new String(index(sample), StandardCharsets.UTF_8));
    JsonNode image = new ObjectMapper().readTree(json).path("images").path(0);
    assertThat(image.path("id_b").asText()).isEqualTo(odd.value());
    assertThat(image.has("bytes") || image.has("sha256")).isFalse();
  }

  @Test
  void aViewWithoutRecordsIsStillJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(viewFile("annotations.json", "", ""));
    assertThat(json.path("images").isEmpty()).isTrue();
    assertThat(json.path("annotations").isEmpty()).isTrue();
    assertThat(json.path("categories").size()).isEqualTo(3);
  }

  @Test
  void dataYamlNamesFoldersAndClasses() throws IOException {
    String names =
        """
        names:
          0: "cat"
          1: "dög \\"x\\""
          2: "a: b\\u000a\\u2028\\U0001f600"
        """;
    assertThat(viewFile("data.yaml"))
        .startsWith("train: [images]\n#")
        .endsWith("val: images\n" + names);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FORMAT.writeSetFile("data.yaml", 2, CONTEXT, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("train: [view-000/images, view-001/images]\n#")
        .endsWith("val: view-001/images\n" + names);
  }

  /** pycocotools takes an annotation of id 0 for none. */
  @Test
  void idsAreUniqueAndNeverZeroForABox() {
    assertThat(CocoText.imageId(new Place(0, 0, 0))).isZero();
    assertThat(CocoText.annotationId(new Place(0, 0, 0), 0)).isEqualTo(1);
    assertThat(CocoText.annotationId(new Place(0, 0, 0), 4095)).isEqualTo(4096);
    assertThat(CocoText.annotationId(new Place(0, 0, 1), 0)).isEqualTo(4097);
    assertThat(CocoText.imageId(new Place(0, 3, 5))).isEqualTo(3 * (1L << 20) + 5);
    assertThat(CocoText.imageId(new Place(0, 1_000_000, 0))).isEqualTo(1_000_000L << 20);
  }

  @Test
  void holdsAsManyBoxesAsThereAreIds() throws IOException {
    List<MixedBox> boxes = new ArrayList<>(Collections.nCopies(4096, box(0, 0, 5, 5)));
    assertThat(read(index(sample(new Place(0, 0, 0), boxes))).get(0).boxes()).hasSize(4096);
    boxes.add(box(0, 0, 5, 5));
    assertThatThrownBy(() -> index(sample(new Place(0, 0, 0), boxes)))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            "The mix of 'a/ü\"1.jpg' with 'b/2.jpg' has 4097 boxes, but in output.format files an"
                + " image has at most 4096: choose another output.format, or leave such images out")
        .extracting("exitCode")
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void holdsAsManySamplesAsThereAreIds() throws IOException {
    assertThat(index(sample(new Place(0, 0, (1 << 20) - 1), List.of()))).isNotEmpty();
    assertThatThrownBy(() -> index(sample(new Place(0, 0, 1 << 20), List.of())))
        .isInstanceOf(EmulsionException.class)
        .hasMessage(
            "A shard has more than 1048576 samples, but in output.format files their ids end there:"
                + " set output.shard-samples to less");
  }

  @Test
  void noticesEachFlippedBitThatChangesWhatALineSays() throws IOException {
    byte[] good = GOLDEN_INDEX.getBytes(StandardCharsets.UTF_8);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<MixedSample> read = new ArrayList<>();
      Throwable thrown = catchThrowable(() -> read.addAll(read(damaged)));
      if (thrown == null) { // another value, as if it had been written
        assertThat(index(withPicture(read.get(0)))).as("bit %d", bit).hasSize(good.length);
      } else {
        assertThat(thrown).as("bit %d", bit).isInstanceOf(DamagedShardException.class);
      }
    }
  }

  private static MixedSample withPicture(MixedSample s) {
    return new MixedSample(
        s.place(),
        PICTURE,
        s.height(),
        s.width(),
        0,
        0,
        s.lambda(),
        s.first(),
        s.partner(),
        s.soft(),
        s.boxes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"file_name\": | {\"x\": | line 1 is neither an image nor an annotation",
        "\"lambda\":0.75 | \"lambda\":0.3 | line 1 has a lambda that is 0.3, not a multiple of 1/65536"
            + " in [0, 1]",
        "\"lambda\":0.75 | \"lambda\":0.750 | line 1 is not as it was written",
        "\"height\":100,\"width\" | \"height\":0,\"width\" | line 1 is none that was written: 0 is no"
            + " height or width",
        "\"id\":12583257 | \"id\":12583258 | line 1 is not as it was written",
        "345.jpg | 34x.jpg | line 1 is none that was written: No key of a record:",
        "\"category_id\":3 | \"category_id\":4 | line 2 is none that was written: its category_id is of"
            + " no class",
        "\"category_id\":3 | \"category_id\":0 | line 2 is none that was written: its category_id is of"
            + " no class",
        "\"weight\":0.75 | \"weight\":1.5 | line 2 is none that was written: its weight is not in"
            + " [0, 1]",
        "62.1 | 1e400 | line 2 is none that was written: Infinity is no length",
        "\"source\":0 | \"source\":0.0 | line 2 is not as it was written",
        "51541020674 | 51541020675 | line 3 is not as it was written",
        "[0,20000] | [0,20000 | line 3 is no JSON:"
      })
  void saysWhichLineIsDamaged(String part, String other, String message) {
    byte[] damaged = GOLDEN_INDEX.replace(part, other).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesAnIndexThatIsNotUtf8() {
    byte[] damaged = GOLDEN_INDEX.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(damaged))
        .isInstanceOf(DamagedShardException.class)
        .hasMessage("line 0 is not UTF-8, here or soon after");
  }
}
