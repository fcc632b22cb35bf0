package io.emulsion.shard.tfrecord;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.shard.BytesInput;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames as TensorFlow writes them: {@link FrameWriter} and {@link FrameReader}. */
class FrameTest {
  private static final String EMPTY = "000000000000000029039807d8ea82a2";
  private static final String ABC = "0300000000000000b099490e6162636e57f121";

  @Test
  void writesTensorFlowsBytes() throws IOException {
    assertThat(HexFormat.of().formatHex(write("", "abc"))).isEqualTo(EMPTY + ABC);
  }

  @Test
  void readsTensorFlowsBytes() throws IOException {
    assertThat(read(bytes(ABC + EMPTY + ABC))).containsExactly("abc", "", "abc");
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void readsInChunks() throws IOException {
    String[] data = new String[3000];
    Arrays.setAll(data, i -> "x".repeat(i));
    CountingInput in = new CountingInput(write(data));
    FrameReader reader = new FrameReader(in);
    for (String expected : data) {
      assertThat(text(requireNonNull(reader.next()))).isEqualTo(expected);
    }
    assertThat(in.reads).isEqualTo(5); // 4.5 MB, 1 MiB each
  }

  @Test
  void tellsWhereDamageIs() {
    assertDamaged(EMPTY + "0400" + ABC.substring(4), "Record 1 at byte 16: checksum of its length");
    assertDamaged(
        EMPTY + ABC.replace("616263", "616264"), "Record 1 at byte 16: checksum of its d");
    assertDamaged(ABC.replace("6e57f121", "6e57f122"), "is 21f1576e, but 22f1576e is stored");
    assertDamaged(EMPTY + ABC.substring(0, 10), "the file ends after 5 bytes of its header");
    assertDamaged(ABC.substring(0, 36), "takes 3 bytes, but the file ends after 6");
  }

  @Test
  void allocatesNothingForALengthThatCannotBe() {
    assertDamaged(header(-1) + ABC, "its length is 18446744073709551615 bytes, above the limit");
    assertDamaged(
        header(FrameWriter.MAX_DATA_BYTES + 1L), "is 268435457 bytes, above the limit of");
    assertDamaged(
        header(FrameWriter.MAX_DATA_BYTES), "takes 268435456 bytes, but the file ends after 0");
  }

  private static String header(long length) {
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    header.putInt(new MaskedCrc32c().of(header.array(), 0, 8));
    return HexFormat.of().formatHex(header.array());
  }

  private static void assertDamaged(String hex, String message) {
    assertThatThrownBy(() -> read(bytes(hex)))
        .isInstanceOf(DamagedShardException.class)
        .hasMessageContaining(message);
  }

  private static byte[] write(String... data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(out);
    for (String text : data) {
      writer.write(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
    }
    writer.flush();
    return out.toByteArray();
  }

  private static List<String> read(byte[] file) throws IOException {
    FrameReader reader = new FrameReader(new BytesInput(file));
    List<Frame> frames = new ArrayList<>();
    Frame frame = reader.next();
    while (frame != null) {
      frames.add(frame);
      frame = reader.next();
    }
    return frames.stream().map(FrameTest::text).toList();
  }

  private static String text(Frame frame) {
    return StandardCharsets.US_ASCII.decode(frame.data().duplicate()).toString();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static final class CountingInput implements ShardInput {
    private final BytesInput in;
    private int reads;

    CountingInput(byte[] bytes) {
      this.in = new BytesInput(bytes);
    }

    @Override
    public long sizeBytes() {
      return in.sizeBytes();
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int length) throws IOException {
      reads++;
      in.readFully(position, buffer, offset, length);
    }
  }
}
