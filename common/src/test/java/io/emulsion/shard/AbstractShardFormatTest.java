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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every format must do; one subclass a format. */
public abstract class AbstractShardFormatTest {
  protected static final ShardContext CONTEXT =
      new ShardContext(List.of("cat", "dög", "Übergröße\n"), "jpeg", 0, false);

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

  @Test
  void readsBackWhatItWrote() throws IOException {
    assertReadsBack(samples(25, 4000));
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
    List<MixedSample> samples = samples(2, 40);
    byte[] good = write(samples);
    int step = checksEachBit() ? 1 : 7; // any place in a byte, in a seventh of the time
    for (int bit = 0; bit < good.length * 8; bit += step) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<MixedSample> read = new ArrayList<>();
      Throwable thrown = catchThrowable(() -> read.addAll(read(damaged)));
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShardWriter writer = format().writer(out, CONTEXT);
    for (MixedSample sample : samples) {
      writer.write(sample);
    }
    writer.finish();
    return out.toByteArray();
  }

  protected List<MixedSample> read(byte[] file) throws IOException {
    ShardReader reader = format().reader(new BytesInput(file), CONTEXT);
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
    List<MixedSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(sample(i, imageBytes + i, new Random(i).nextInt(65537) / 65536.0));
    }
    return samples;
  }

  private static MixedSample sample(int number, int imageBytes, double lambda) {
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
        new float[0]);
  }
}
