package io.emulsion.shard.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class PureJavaCodecsTest {
  @Test
  void makesNoRoomForAPageOfAnotherSize() throws IOException {
    PureJavaCodecs codecs = new PureJavaCodecs();
    BytesInput compressed =
        codecs.getCompressor(CompressionCodecName.ZSTD).compress(BytesInput.from(new byte[5]));
    var decompressor = codecs.getDecompressor(CompressionCodecName.ZSTD);
    assertThat(decompressor.decompress(compressed, 5).size()).isEqualTo(5);
    assertThatThrownBy(() -> decompressor.decompress(compressed, Integer.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessage("A page holds 5 bytes instead of 2147483647");
  }

  @Test
  void knowsNoOtherCodec() {
    assertThatThrownBy(() -> new PureJavaCodecs().getDecompressor(CompressionCodecName.GZIP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No column is compressed with GZIP");
  }
}
