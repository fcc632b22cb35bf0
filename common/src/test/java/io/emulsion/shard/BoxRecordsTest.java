package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.emulsion.sample.Box;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.sample.RunLengths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes in the formats of records: what is written is read back, and what cannot be is refused. */
class BoxRecordsTest {
  private static final List<String> CLASSES = List.of("cat", "dög", "eel");
  private static final ImageId FIRST = new ImageId("a/é 1.jpg");
  private static final ImageId PARTNER = new ImageId("b.jpg");

  private static ShardContext context(int offset) {
    return new ShardContext(CLASSES, "jpeg", offset, false, true);
  }

  private static byte[] write(String format, ShardContext context, List<MixedSample> samples)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = ShardFormats.named(format).writer(out, context);
    for (MixedSample sample : samples) {
      writer.write(sample);
    }
    writer.finish();
    return out.toByteArray();
  }

  private static List<MixedSample> read(String format, ShardContext context, byte[] file)
      throws IOException {
    ShardReader reader = ShardFormats.named(format).reader(new BytesInput(file), context);
    List<MixedSample> samples = new ArrayList<>();
    for (MixedSample sample = reader.next(); sample != null; sample = reader.next()) {
      samples.add(sample);
    }
    return samples;
  }

  private static MixedSample sample(int number, double lambda, List<MixedBox> boxes) {
    return new MixedSample(
        new Place(0, 7, number),
        new byte[] {(byte) number, 2, 3},
        480,
        640,
        0,
        0,
        lambda,
        FIRST,
        PARTNER,
        new float[0],
        boxes);
  }

  /** Corners in halves of a pixel, an own weight in steps of 1/256. */
  private static MixedBox box(Random random, double lambda, int source) {
    double x = random.nextInt(1000) / 2.0;
    double y = random.nextInt(800) / 2.0;
    double own = random.nextInt(257) / 256.0;
    double share = source == 0 ? lambda : 1 - lambda;
    Box box =
        new Box(
            x,
            y,
            x + random.nextInt(200) / 2.0,
            y + random.nextInt(100) / 2.0,
            random.nextInt(3),
            share == 0 ? 1 : own,
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextInt(100_000),
            null);
    return new MixedBox(box, share * box.weight(), source);
  }

  private static List<MixedBox> boxes(int first, int partner, double lambda, long seed) {
    Random random = new Random(seed);
    List<MixedBox> boxes = new ArrayList<>();
    for (int i = 0; i < first + partner; i++) {
      boxes.add(box(random, lambda, i < first ? 0 : 1));
    }
    return boxes;
  }

  /** None in front, in the middle and at the end, of one image, of both, and very many. */
  private static List<MixedSample> samples() {
    int[][] counts = {{0, 0}, {1, 0}, {0, 1}, {0, 0}, {0, 0}, {3, 4}, {700, 500}, {2, 0}, {0, 0}};
    double[] lambdas = {0.5, 1, 0, 0.25, 1, 12_345 / 65_536.0, 1 / 65_536.0, 0.75, 0};
    List<MixedSample> samples = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      samples.add(sample(i, lambdas[i], boxes(counts[i][0], counts[i][1], lambdas[i], i)));
    }
    return samples;
  }

  private static void assertSame(List<MixedSample> actual, List<MixedSample> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).boxes()).as("boxes of %d", i).hasSameSizeAs(expected.get(i).boxes());
      for (int j = 0; j < expected.get(i).boxes().size(); j++) {
        assertSame(actual.get(i).boxes().get(j), expected.get(i).boxes().get(j));
      }
      assertThat(actual.get(i))
          .usingRecursiveComparison()
          .ignoringFields("boxes")
          .isEqualTo(expected.get(i));
    }
  }

  private static void assertSame(MixedBox actual, MixedBox expected) {
    Box box = expected.box();
    assertThat(actual.box().xMin()).isCloseTo(box.xMin(), within(1e-4));
    assertThat(actual.box().yMin()).isCloseTo(box.yMin(), within(1e-4));
    assertThat(actual.box().xMax()).isCloseTo(box.xMax(), within(1e-4));
    assertThat(actual.box().yMax()).isCloseTo(box.yMax(), within(1e-4));
    assertThat(actual.box().weight()).isCloseTo(box.weight(), within(1e-6));
    assertThat(actual.box())
        .usingRecursiveComparison()
        .ignoringFields("xMin", "yMin", "xMax", "yMax", "weight")
        .isEqualTo(box);
    assertThat(actual.weight()).isCloseTo(expected.weight(), within(1e-7));
    assertThat(actual.source()).isEqualTo(expected.source());
  }

  @ParameterizedTest
  @CsvSource({
    "tfrecord, 0",
    "tfrecord, 1",
    "tfrecord, 1000000",
    "parquet, 0",
    "parquet, 1",
    "parquet, 1000000"
  })
  void readsBackWhatItWrote(String format, int offset) throws IOException {
    byte[] file = write(format, context(offset), samples());
    assertSame(read(format, context(offset), file), samples());
    assertThat(write(format, context(offset), samples())).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void aWeightOfOneIsLambdaExactly(String format) throws IOException {
    List<MixedSample> samples = new ArrayList<>();
    for (int w = 0; w <= 65_536; w += 13) {
      double lambda = w / 65_536.0;
      Box box = new Box(0, 0, 1, 1, 0, 1, false, false, 1, null);
      samples.add(
          sample(
              w, lambda, List.of(new MixedBox(box, lambda, 0), new MixedBox(box, 1 - lambda, 1))));
    }
    for (MixedSample sample : read(format, context(0), write(format, context(0), samples))) {
      assertThat(sample.boxes().get(0).weight()).isEqualTo(sample.lambda());
      assertThat(sample.boxes().get(1).weight()).isEqualTo(1 - sample.lambda());
      assertThat(sample.boxes()).extracting(mixed -> mixed.box().weight()).containsOnly(1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void anUnknownAreaIsTheRectanglesAndMasksAreLeftOut(String format) throws IOException {
    RunLengths mask = new RunLengths(480, 640, new int[] {480 * 640});
    Box box = new Box(10, 20, 40, 60, 0, 1, true, false, Double.NaN, mask);
    MixedSample sample = sample(0, 0.5, List.of(new MixedBox(box, 0.5, 0)));
    byte[] file = write(format, context(0), List.of(sample));
    Box read = read(format, context(0), file).get(0).boxes().get(0).box();
    assertThat(read.area()).isEqualTo(1200);
    assertThat(read.mask()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void holdsImagesWithoutBoxesAlone(String format) throws IOException {
    List<MixedSample> samples = List.of(sample(0, 0.5, List.of()), sample(1, 1, List.of()));
    byte[] file = write(format, context(1), samples);
    assertSame(read(format, context(1), file), samples);
  }

  @ParameterizedTest
  @CsvSource({"tfrecord, 1", "parquet, 31"})
  void noticesFlippedBits(String format, int step) throws IOException {
    List<MixedSample> samples =
        List.of(
            sample(0, 0.5, boxes(2, 1, 0.5, 1)),
            sample(1, 0.5, List.of()),
            sample(2, 0.25, boxes(0, 2, 0.25, 2)));
    byte[] good = write(format, context(0), samples);
    for (int bit = 0; bit < good.length * 8; bit += step) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<MixedSample> read = new ArrayList<>();
      Throwable thrown = catchThrowable(() -> read.addAll(read(format, context(0), damaged)));
      if (thrown == null && step > 1) { // Parquet's page headers and footer have no checksum
        assertSame(read, samples);
      } else {
        assertThat(thrown).as("bit %d", bit).isInstanceOf(DamagedShardException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void refusesBoxesWhereNoneBelongAndTheirLack(String format) throws IOException {
    ShardContext classes = new ShardContext(CLASSES, "jpeg", 0, false);
    byte[] boxed = write(format, context(0), samples());
    assertThatThrownBy(() -> read(format, classes, boxed))
        .isInstanceOf(DamagedShardException.class);
    byte[] classed = write(format, classes, samples());
    assertThatThrownBy(() -> read(format, context(0), classed))
        .isInstanceOf(DamagedShardException.class);
    assertThatThrownBy(() -> read(format, context(5), boxed))
        .isInstanceOf(DamagedShardException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void refusesBoxesThatCannotBe(String format) {
    Box one = new Box(1, 2, 3, 4, 0, 1, false, false, 4, null);
    assertDamaged(
        format,
        "box 0 has weight 0.75, more than the 0.5 of its image",
        new MixedBox(one, 0.75, 0));
    assertDamaged(format, "box 0 has weight -0.25, more than", new MixedBox(one, -0.25, 1));
    assertDamaged(format, "box 0 has weight NaN, more than", new MixedBox(one, Double.NaN, 0));
    assertDamaged(
        format,
        "box 1 of the first image stands behind one of the partner",
        new MixedBox(one, 0.5, 1),
        new MixedBox(one, 0.5, 0));
    assertDamaged(
        format,
        "box 0 has a number that is none",
        new MixedBox(one.at(Double.NaN, 2, 3, 4, 4, null), 0.5, 0));
  }

  private static void assertDamaged(String format, String message, MixedBox... boxes) {
    assertThatThrownBy(
            () ->
                read(
                    format,
                    context(0),
                    write(format, context(0), List.of(sample(0, 0.5, List.of(boxes))))))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tfrecord", "parquet"})
  void refusesABoxOfAPartnerThatIsNone(String format) throws IOException {
    Box one = new Box(1, 2, 3, 4, 0, 1, false, false, 4, null);
    MixedSample unmixed =
        new MixedSample(
            new Place(0, 0, 0),
            new byte[0],
            9,
            9,
            0,
            0,
            0.5,
            FIRST,
            FIRST,
            new float[0],
            List.of(new MixedBox(one, 0.5, 1)));
    byte[] file = write(format, context(0), List.of(unmixed));
    assertThatThrownBy(() -> read(format, context(0), file))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageContaining("box 0 is of a partner, but the sample has none");
  }
}
