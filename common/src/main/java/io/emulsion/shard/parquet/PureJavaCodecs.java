package io.emulsion.shard.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard in Java alone, and no compression at all. Parquet's own Zstandard is the C library that
 * the cluster happens to have, and other versions of it make other bytes.
 */
final class PureJavaCodecs implements CompressionCodecFactory {
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new None();
      case ZSTD -> new Zstandard();
      default -> throw unknown(name);
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new None();
      case ZSTD -> new Zstandard();
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(CompressionCodecName name) {
    return new IllegalArgumentException("No column is compressed with " + name);
  }

  /** Codecs hold arrays only. */
  @Override
  public void release() {}

  private static final class None implements BytesInputCompressor, BytesInputDecompressor {
    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int size) {
      return bytes;
    }

    @Override
    public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) {
      out.put(in.slice(in.position(), inSize));
      in.position(in.position() + inSize);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.UNCOMPRESSED;
    }

    @Override
    public void release() {}
  }

  private static final class Zstandard implements BytesInputCompressor, BytesInputDecompressor {
    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      byte[] plain = bytes.toInputStream().readAllBytes();
      byte[] compressed = new byte[compressor.maxCompressedLength(plain.length)];
      int size = compressor.compress(plain, 0, plain.length, compressed, 0, compressed.length);
      return BytesInput.from(compressed, 0, size);
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(decompress(bytes.toInputStream().readAllBytes(), size));
    }

    @Override
    public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize)
        throws IOException {
      out.put(decompress(array(in.slice(in.position(), inSize)), outSize));
      in.position(in.position() + inSize);
    }

    private static byte[] array(ByteBuffer bytes) {
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    }

    private byte[] decompress(byte[] compressed, int size) throws IOException {
      // Before the array is made: a damaged size must not take all memory.
      long stored = ZstdDecompressor.getDecompressedSize(compressed, 0, compressed.length);
      if (stored != size) {
        throw new IOException("A page holds " + stored + " bytes instead of " + size);
      }
      byte[] plain = new byte[size];
      decompressor.decompress(compressed, 0, compressed.length, plain, 0, size);
      return plain;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
  }
}
