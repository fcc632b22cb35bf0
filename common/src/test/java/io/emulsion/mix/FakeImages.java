package io.emulsion.mix;

import io.emulsion.codec.ImageCodec;
import io.emulsion.codec.ImageFormat;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Inputs in memory: PNGs of one pixel whose colours tell them apart, and bytes that are no image.
 */
final class FakeImages implements ImageReader {
  private final ImageCodec codec;
  private final Map<ImageId, byte[]> files = new HashMap<>();
  private final List<ImageReference> references = new ArrayList<>();
  private final List<ImageId> reads = new ArrayList<>();
  private final List<ImageId> expected = new ArrayList<>();

  FakeImages(ImageCodec codec) {
    this.codec = codec;
  }

  /** Adds {@code count} usable inputs; {@code i} is of class {@code i % 5}. */
  FakeImages addPixels(int count) {
    for (int i = 0; i < count; i++) {
      add(codec.encode(TestPixels.of(pixel(references.size())), ImageFormat.PNG, 95));
    }
    return this;
  }

  /** The picture of the input that was added as number {@code i}. */
  static Image pixel(int i) {
    byte[] rgb = Image.allocate(1, 1);
    rgb[0] = (byte) i;
    rgb[1] = (byte) (i * 7);
    rgb[2] = (byte) (255 - i / 3);
    return new Image(1, 1, rgb);
  }

  /** Adds an input of these bytes. */
  FakeImages add(byte[] bytes) {
    int number = references.size();
    ImageId id = new ImageId("class " + number % 5 + "/" + number + ".png");
    references.add(new ImageReference(id, 0, bytes.length, 0, number % 5));
    files.put(id, bytes);
    return this;
  }

  /** Makes input {@code i} one that cannot be used. */
  FakeImages spoil(int i) {
    files.put(references.get(i).id(), "no image".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** All inputs, as they were added. */
  List<ImageReference> references() {
    return references;
  }

  int numberOf(ImageId id) {
    return references.stream().map(ImageReference::id).toList().indexOf(id);
  }

  /** The inputs that were read, in order, since the last call. */
  List<ImageId> takeReads() {
    List<ImageId> taken = List.copyOf(reads);
    reads.clear();
    return taken;
  }

  /** The inputs that were expected last, in order. */
  List<ImageId> expected() {
    return expected;
  }

  @Override
  public void expect(Iterator<ImageReference> order) {
    expected.clear();
    order.forEachRemaining(reference -> expected.add(reference.id()));
  }

  @Override
  public byte[] read(ImageReference reference) throws IOException {
    reads.add(reference.id());
    byte[] bytes = files.get(reference.id());
    if (bytes == null) {
      throw new IOException("disk says no to " + reference.id());
    }
    return bytes;
  }

  /** Makes input {@code i} one whose storage fails. */
  FakeImages lose(int i) {
    files.remove(references.get(i).id());
    return this;
  }
}
