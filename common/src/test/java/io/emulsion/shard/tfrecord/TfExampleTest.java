package io.emulsion.shard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.shard.DamagedShardException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TfExampleTest {
  private static final String ABC =
      "0a270a0a0a016112051a030a01010a0d0a0162120812060a040000003f0a0a0a016312050a030a0178";

  @Test
  void encodesAsProtobufDoes() {
    TfExample example = new TfExample();
    example.addInt64("a", 1);
    example.addFloat("b", 0.5f);
    example.addBytes("c", utf8("x"));
    assertThat(hex(example)).isEqualTo(ABC);
  }

  @Test
  void encodesTheLongestNumbersAndLongValues() {
    TfExample example = new TfExample();
    example.addInt64("a", -1);
    example.addBytes("b", utf8("y".repeat(300)));
    example.addInt64("c", Long.MAX_VALUE);
    example.addBytes("d", new byte[0]);
    assertThat(hex(example)) // as TensorFlow 2.21 encodes it
        .isEqualTo(
            "0aef020a130a0161120e1a0c0a0affffffffffffffffff010ab8020a016212b2020aaf020aac02"
                + "79".repeat(300)
                + "0a120a0163120d1a0b0a09ffffffffffffffff7f0a090a016412040a020a00");
  }

  @Test
  void growsWithManyFeatures() throws DamagedShardException {
    TfExample example = new TfExample();
    for (int i = 10_000; i < 10_500; i++) {
      example.addBytes("key" + i, utf8("v".repeat(i % 600)));
    }
    TfExampleParser parser = parser(hex(example));
    for (int i = 10_000; i < 10_500; i++) {
      assertThat(parser.bytes("key" + i)).hasSize(i % 600);
    }
    parser.finish();
  }

  @Test
  void startsAnewWhenCleared() {
    TfExample example = new TfExample();
    example.addBytes("z", new byte[1000]);
    example.clear();
    example.addInt64("a", 1);
    assertThat(hex(example)).isEqualTo("0a0c0a0a0a016112051a030a0101");
  }

  @Test
  void refusesKeysOutOfOrder() {
    TfExample example = new TfExample();
    example.addInt64("b", 1);
    assertThatThrownBy(() -> example.addInt64("a", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a must not follow b");
    assertThatThrownBy(() -> example.addInt64("b", 1)).hasMessage("b must not follow b");
  }

  @Test
  void parsesWhatItEncodes() throws DamagedShardException {
    TfExampleParser parser = parser(ABC);
    assertThat(parser.int64("a")).isEqualTo(1);
    assertThat(parser.float32("b")).isEqualTo(0.5f);
    assertThat(parser.bytes("c")).asString().isEqualTo("x");
    parser.finish();
  }

  @Test
  void refusesAnotherKey() {
    assertDamaged(() -> parser(ABC).int64("b"), "has key 'a' where b belongs");
  }

  @Test
  void refusesAMissingKey() {
    TfExampleParser parser = read(ABC);
    assertDamaged(() -> parser.int64("d"), "lacks key d");
  }

  @Test
  void refusesAKeyTooMany() throws DamagedShardException {
    TfExampleParser parser = parser(ABC);
    parser.int64("a");
    parser.float32("b");
    assertDamaged(parser::finish, "has a key too many, 'c'");
  }

  @Test
  void refusesAnotherKind() {
    assertDamaged(() -> parser(ABC).bytes("a"), "a is not a bytes list");
    assertDamaged(() -> parser(ABC).float32("a"), "a is not a float list");
    assertDamaged(() -> parser("0a0d0a0b0a016212060a040a027879").int64("b"), "b is not an int64");
  }

  @Test
  void refusesNoValueAndTwoValues() {
    assertDamaged(() -> parser("0a090a070a016112021a00").int64("a"), "no a at byte 11 of its data");
    assertDamaged(() -> parser("0a0d0a0b0a016112061a040a020102").int64("a"), "a is not one number");
    assertDamaged(() -> parser("0a0b0a090a016112041a020a00").int64("a"), "a number goes beyond");
    assertDamaged(() -> parser("0a0d0a0b0a016212061204 0a020102").float32("b"), "b is not one");
    assertDamaged(
        () -> parser("0a0f0a0d0a016112080a060a01780a0179").bytes("a"),
        "not hold exactly one value");
  }

  @Test
  void refusesSizesBeyondTheData() {
    assertDamaged(() -> parser("0a280a"), "size of features goes beyond its data");
    assertDamaged(() -> parser("0a020a7f").int64("a"), "size of an entry goes beyond its data");
    assertDamaged(() -> parser("0affffffffffffffffff01"), "size of features goes beyond its data");
    assertDamaged(() -> parser("0affffffffffffffffffffff01"), "takes more than 10 bytes");
    assertDamaged(() -> parser("0a80"), "a number goes beyond its data");
    assertDamaged(() -> parser(""), "no features at byte 0 of its data");
    assertDamaged(() -> parser("0a0000"), "is longer than its features");
  }

  private static void assertDamaged(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOf(DamagedShardException.class)
        .hasMessageStartingWith("Record 4 at byte 99: ")
        .hasMessageContaining(what);
  }

  private static TfExampleParser read(String hex) {
    try {
      TfExampleParser parser = parser(hex);
      parser.int64("a");
      parser.float32("b");
      parser.bytes("c");
      return parser;
    } catch (DamagedShardException e) {
      throw new AssertionError(e);
    }
  }

  private static TfExampleParser parser(String hex) throws DamagedShardException {
    byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
    ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    return new TfExampleParser(new Frame(4, 99, buffer));
  }

  private static String hex(TfExample example) {
    StringBuilder hex = new StringBuilder();
    for (ByteBuffer piece : example.pieces()) {
      int start = piece.arrayOffset() + piece.position();
      hex.append(HexFormat.of().formatHex(piece.array(), start, start + piece.remaining()));
    }
    return hex.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
