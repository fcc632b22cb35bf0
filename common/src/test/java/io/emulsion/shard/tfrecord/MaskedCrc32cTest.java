package io.emulsion.shard.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedCrc32cTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  @Test
  void equalsTensorFlows() {
    assertThat(new MaskedCrc32c().of(DIGITS, 0, 9)).isEqualTo(0xC78AB0E5);
  }

  @Test
  void doesNotDependOnHowBytesAreCut() {
    MaskedCrc32c crc = new MaskedCrc32c();
    ByteBuffer start = ByteBuffer.wrap(DIGITS, 0, 4);
    ByteBuffer rest = ByteBuffer.wrap(DIGITS, 4, 5);
    assertThat(crc.of(List.of(start, rest))).isEqualTo(0xC78AB0E5);
    assertThat(crc.of(List.of(start, rest))).isEqualTo(0xC78AB0E5);
  }
}
