package io.emulsion.random;

import io.emulsion.sample.ImageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * 128 bits that depend on nothing but a seed, a purpose, a view or pass, and an image id:
 * MurmurHash3 x64 of seed (8 bytes, big endian), purpose (ASCII, then a 0), view or pass (4 bytes,
 * big endian) and id (UTF-8), with hash seed 0.
 *
 * @param first orders samples, unsigned; ties by id
 * @param second with {@code first} seeds a {@link KeyedRandom}
 */
public record ImageKey(long first, long second) {
  /**
   * @param viewOrPass the view's number, or for {@link Purpose#RANK} the pass's, from 0
   */
  public static ImageKey of(long seed, Purpose purpose, int viewOrPass, ImageId id) {
    return of(seed, purpose, viewOrPass, id.utf8());
  }

  /** What a listed input adds to the digest of all: its id, its length and its class. */
  public static ImageKey ofInput(ImageId id, long sizeBytes, String className) {
    return ofInput(id, sizeBytes, className.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for an input with boxes: the bytes of its annotation stand for its class. */
  public static ImageKey ofInput(ImageId id, long sizeBytes, byte[] annotation) {
    byte[] utf8 = id.utf8();
    byte[] input =
        ByteBuffer.allocate(utf8.length + 1 + Long.BYTES + annotation.length)
            .put(utf8)
            .put((byte) 0)
            .putLong(sizeBytes)
            .put(annotation)
            .array();
    return of(0, Purpose.DIGEST, 0, input);
  }

  /** What a bad input adds to the digest of all that are bad. */
  public static ImageKey ofBadInput(ImageId id) {
    return of(0, Purpose.DIGEST, 0, id.utf8());
  }

  private static ImageKey of(long seed, Purpose purpose, int viewOrPass, byte[] id) {
    byte[] name = purpose.terminated();
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES + name.length + Integer.BYTES + id.length)
            .putLong(seed)
            .put(name)
            .putInt(viewOrPass)
            .put(id)
            .array();
    long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, 0);
    return new ImageKey(hash[0], hash[1]);
  }

  /** A generator that starts from this key. */
  public KeyedRandom random() {
    return new KeyedRandom(this);
  }
}
