package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format must do; one subclass a format. */
public abstract class AbstractShardFormatTest {
  protected static final ShardContext CONTEXT =
      new ShardContext(List.of("cat", "dög", "Übergröße\n"), "jpeg", 0, false);

  private static final ShardContext SOFT = new ShardContext(CONTEXT.classes(), "jpeg", 0, true);

  static List<ShardContext> contexts() {
    return List.of(
        CONTEXT,
        SOFT,
        new ShardContext(CONTEXT.classes(), "jpeg", 1, false),
        new ShardContext(CONTEXT.classes(), "png", 1_000_000, true),
        new ShardContext(List.of("cat", "unused-0", "_unused-"), "raw", 1000, false),
        new ShardContext(CONTEXT.classes(), "float32", 2, true));
  }

  protected abstract ShardFormat format();

  /** Whether the reader of a file that ends right after a record knows that more must follow. */
  protected abstract boolean noticesMissingLastRecords();

  /**
   * Whether each bit of a file is under a checksum. Else damage may go unnoticed where it changes
   * no field of a sample.
   */
  protected boolean checksEachBit() {
    return true;
  }

  @Test
  void isFoundByItsName() {
    assertThat(ShardFormats.named(format().name())).hasSameClassAs(format());
    assertThat(ShardFormats.names()).contains(format().name());
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void readsBackWhatItWrote(ShardContext context) throws IOException {
    List<MixedSample> samples = samples(25, 4000, context);
    assertSame(read(write(samples, context), context), samples);
  }

  @Test
  void readsBackSoftLabelsOfManyClasses() throws IOException {
    List<String> classes = IntStream.range(0, 3000).mapToObj(i -> "class " + i).toList();
    ShardContext context = new ShardContext(classes, "jpeg", 7, true);
    List<MixedSample> samples = samples(400, 10, context);
    assertSame(read(write(samples, context), context), samples);
  }

  @Test
  void refusesClassesOfAnotherOffset() throws IOException {
    byte[] file = write(samples(3, 40), new ShardContext(CONTEXT.classes(), "jpeg", 3, false));
    assertThatThrownBy(() -> read(file)).isInstanceOf(DamagedShardException.class);
    assertThatThrownBy(() -> read(file, new ShardContext(CONTEXT.classes(), "jpeg", 6, false)))
        .isInstanceOf(DamagedShardException.class);
  }

  @Test
  void refusesSoftLabelsWhereNoneBelongAndTheirLack() throws IOException {
    byte[] soft = write(samples(3, 40, SOFT), SOFT);
    assertThatThrownBy(() -> read(soft)).isInstanceOf(DamagedShardException.class);
    byte[] hard = write(samples(3, 40));
    assertThatThrownBy(() -> read(hard, SOFT)).isInstanceOf(DamagedShardException.class);
  }

  @Test
  void refusesSoftLabelsThatCannotBe() throws IOException {
    assertDamagedSoft("sums to 0.75 instead of 1", 0.5f, 0.25f, 0);
    assertDamagedSoft("holds -0.5, not in [0, 1]", -0.5f, 1.5f, 0);
    assertDamagedSoft("holds 1.5, not in [0, 1]", 1.5f, 0, 0);
    assertDamagedSoft("holds NaN, not in [0, 1]", 0, Float.NaN, 1);
    assertThatThrownBy(() -> write(List.of(sample(0, 9, 0.5, 0.5f, 0.5f)), SOFT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("v000-00007-00000 has a soft label of 2 classes");
  }

  private void assertDamagedSoft(String message, float... soft) throws IOException {
    byte[] file = write(List.of(sample(0, 9, 0.5, soft)), SOFT);
    assertThatThrownBy(() -> read(file, SOFT))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageContaining("soft")
        .hasMessageEndingWith(message);
  }

  @Test
  void readsBackImagesOfAnySize() throws IOException {
    List<MixedSample> samples = new ArrayList<>();
    for (int size : new int[] {0, 1, 127, 128, 255, 256, 257, 16384, 2_000_000, 65536, 5_000_000}) {
      samples.add(sample(samples.size(), size, 0.5));
    }
    assertReadsBack(samples);
  }

  @Test
  void keepsLambdaExactly() throws IOException {
    List<MixedSample> samples = new ArrayList<>();
    for (int w = 0; w <= 65536; w++) {
      samples.add(sample(w, 1, w / 65536.0));
    }
    assertThat(read(write(samples)))
        .extracting(MixedSample::lambda)
        .isEqualTo(samples.stream().map(MixedSample::lambda).toList());
  }

  @Test
  void writesTheSameBytesAgain() throws IOException {
    assertThat(write(samples(20, 4000))).isEqualTo(write(samples(20, 4000)));
  }

  @Test
  void holdsNoRecordsIfNoneWasWritten() throws IOException {
    assertThat(read(write(List.of()))).isEmpty();
  }

  @Test
  void noticesEachFlippedBit() throws IOException {
    noticesEachFlippedBit(CONTEXT);
  }

  @Test
  void noticesEachFlippedBitOfSoftLabels() throws IOException {
    noticesEachFlippedBit(SOFT);
  }

  private void noticesEachFlippedBit(ShardContext context) throws IOException {
    List<MixedSample> samples = samples(2, 40, context);
    byte[] good = write(samples, context);
    int step = checksEachBit() ? 1 : 7; // any place in a byte, in a seventh of the time
    for (int bit = 0; bit < good.length * 8; bit += step) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<MixedSample> read = new ArrayList<>();
      Throwable thrown = catchThrowable(() -> read.addAll(read(damaged, context)));
      if (thrown == null && !checksEachBit()) {
        assertSame(read, samples);
      } else {
        assertThat(thrown).as("bit %d", bit).isInstanceOf(DamagedShardException.class);
      }
    }
  }

  @Test
  void noticesACutAnywhere() throws IOException {
    byte[] good = write(samples(3, 40));
    List<Integer> ends = new ArrayList<>();
    for (int records = 0; records < 3; records++) {
      ends.add(write(samples(records, 40)).length);
    }
    for (int size = 0; size < good.length; size++) {
      byte[] cut = Arrays.copyOf(good, size);
      if (ends.contains(size) && !noticesMissingLastRecords()) {
        assertThat(read(cut)).hasSize(ends.indexOf(size));
      } else {
        assertThat(catchThrowable(() -> read(cut)))
            .as("first %d bytes", size)
            .isInstanceOf(DamagedShardException.class);
      }
    }
  }

  @Test
  void passesOnThatAFileCannotBeRead() {
    ShardInput unreadable =
        new ShardInput() {
          @Override
          public long sizeBytes() {
            return 1000;
          }

          @Override
          public void readFully(long position, byte[] buffer, int offset, int length)
              throws IOException {
            throw new IOException("The disk is gone");
          }
        };
    assertThatThrownBy(() -> format().reader(unreadable, CONTEXT).next())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("The disk is gone");
  }

  private void assertReadsBack(List<MixedSample> samples) throws IOException {
    assertSame(read(write(samples)), samples);
  }

  private static void assertSame(List<MixedSample> actual, List<MixedSample> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertSame(actual.get(i), expected.get(i));
    }
  }

  protected static void assertSame(@Nullable MixedSample actual, MixedSample expected) {
    assertThat(actual).isNotNull();
    assertThat(Arrays.equals(actual.image(), expected.image())).as("images are equal").isTrue();
    assertThat(actual).usingRecursiveComparison().ignoringFields("image").isEqualTo(expected);
  }

  protected byte[] write(List<MixedSample> samples) throws IOException {
    return write(samples, CONTEXT);
  }

  private byte[] write(List<MixedSample> samples, ShardContext context) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = format().writer(out, context);
    for (MixedSample sample : samples) {
      writer.write(sample);
    }
    writer.finish();
    return out.toByteArray();
  }

  protected List<MixedSample> read(byte[] file) throws IOException {
    return read(file, CONTEXT);
  }

  private List<MixedSample> read(byte[] file, ShardContext context) throws IOException {
    ShardReader reader = format().reader(new BytesInput(file), context);
    List<MixedSample> samples = new ArrayList<>();
    MixedSample sample = reader.next();
    while (sample != null) {
      samples.add(sample);
      sample = reader.next();
    }
    assertThat(reader.next()).isNull();
    return samples;
  }

  private static List<MixedSample> samples(int count, int imageBytes) {
    return samples(count, imageBytes, CONTEXT);
  }

  private static List<MixedSample> samples(int count, int imageBytes, ShardContext context) {
    int classes = context.classes().size();
    List<MixedSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] soft = context.soft() ? soft(i, classes) : new float[0];
      double lambda = new Random(i).nextInt(65537) / 65536.0;
      samples.add(sample(i, imageBytes + i, lambda, soft));
    }
    return samples;
  }

  /** Two classes, or the same one twice, that share what smoothing leaves of the whole. */
  private static float[] soft(int number, int classes) {
    Random random = new Random(number);
    double smoothing = random.nextDouble();
    double lambda = random.nextDouble();
    double[] shares = new double[classes];
    Arrays.fill(shares, smoothing / classes);
    shares[random.nextInt(classes)] += (1 - smoothing) * lambda;
    shares[random.nextInt(classes)] += (1 - smoothing) * (1 - lambda);
    float[] soft = new float[classes];
    for (int i = 0; i < classes; i++) {
      soft[i] = (float) shares[i];
    }
    return soft;
  }

  private static MixedSample sample(int number, int imageBytes, double lambda, float... soft) {
    Random random = new Random(number);
    byte[] image = new byte[imageBytes];
    random.nextBytes(image);
    return new MixedSample(
        new Place(number % 1200, 7, number),
        image,
        1 + random.nextInt(100_000),
        1 + random.nextInt(300),
        number % 3,
        random.nextInt(3),
        lambda,
        new ImageId("Übergröße/" + number + " ünïcödé \ud83d\ude00.jpg"),
        new ImageId("cat/" + "long".repeat(number % 100) + ".jpg"),
        soft);
  }
}
