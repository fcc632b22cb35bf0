package io.emulsion.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashingOutputStreamTest {
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hashesCountsAndPassesOn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HashingOutputStream out = new HashingOutputStream(bytes);
    out.write('a');
    out.write("xbcx".getBytes(StandardCharsets.US_ASCII), 1, 2);
    assertThat(out.sizeBytes()).isEqualTo(3);
    assertThat(out.sha256()).isEqualTo(SHA256_OF_ABC);
    assertThat(out.sha256()).isEqualTo(SHA256_OF_ABC);
    assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
  }

  @Test
  void hashesNothingAtAll() {
    HashingOutputStream out = new HashingOutputStream(OutputStream.nullOutputStream());
    assertThat(out.sizeBytes()).isZero();
    assertThat(out.sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void passesArraysOnWhole() throws IOException {
    int[] calls = new int[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("byte by byte");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            calls[0]++;
          }
        };
    HashingOutputStream out = new HashingOutputStream(counting);
    out.write(new byte[1000]);
    out.write(1);
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void doesNotCountWhatFailed() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("The disk is full");
          }
        };
    HashingOutputStream out = new HashingOutputStream(full);
    assertThatThrownBy(() -> out.write(new byte[10]))
        .isInstanceOf(IOException.class)
        .hasMessage("The disk is full");
    assertThat(out.sizeBytes()).isZero();
  }

  @Test
  void refusesBytesAfterTheHash() {
    HashingOutputStream out = new HashingOutputStream(OutputStream.nullOutputStream());
    out.sha256();
    assertThatThrownBy(() -> out.write(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The hash was asked for, so nothing may follow");
  }
}
