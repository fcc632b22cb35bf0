package io.emulsion.spark.mix;

import io.emulsion.sample.ImageId;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** The images of one shard, one behind the other; gone when closed. Not thread-safe. */
final class SpillFile implements AutoCloseable {
  private final FileChannel channel;
  private final Map<ImageId, Long> offsets = new HashMap<>();

  /**
   * @param folder where the file lies
   */
  SpillFile(File folder) throws IOException {
    Path file = Files.createTempFile(folder.toPath(), "emulsion-", ".images");
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  void add(ImageId id, byte[] image) throws IOException {
    offsets.put(id, channel.position());
    ByteBuffer bytes = ByteBuffer.wrap(image);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  boolean holds(ImageId id) {
    return offsets.containsKey(id);
  }

  byte[] read(ImageId id, int sizeBytes) throws IOException {
    Long offset = offsets.get(id);
    if (offset == null) {
      throw new IllegalArgumentException(id + " was not added");
    }
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("The file of spilled images was cut");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
