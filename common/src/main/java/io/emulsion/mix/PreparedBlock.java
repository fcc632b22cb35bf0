package io.emulsion.mix;

import io.emulsion.codec.BadImageException;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images of one block, prepared when asked for. As many as fit are kept for the block's other
 * views; the rest are decoded again, to the same pixels. Not thread-safe.
 */
final class PreparedBlock {
  private final ImageReader reader;
  private final Preparer preparer;
  private final StageTimes times;
  private final Map<ImageId, Image> kept = new HashMap<>();
  private final Consumer<BadInput> onBad;
  private final Set<ImageId> bad = new HashSet<>();
  private long freeBytes;

  /**
   * @param cacheBytes how many bytes of pixels to keep
   * @param onBad told of each input that cannot be used, once
   */
  PreparedBlock(
      ImageReader reader,
      Preparer preparer,
      StageTimes times,
      long cacheBytes,
      Consumer<BadInput> onBad) {
    this.reader = reader;
    this.preparer = preparer;
    this.times = times;
    this.freeBytes = cacheBytes;
    this.onBad = onBad;
  }

  /** The prepared image; null if its bytes cannot be used. */
  @Nullable Image load(ImageReference reference) throws IOException {
    if (bad.contains(reference.id())) {
      return null;
    }
    Image image = kept.get(reference.id());
    return image != null ? image : prepare(reference);
  }

  private @Nullable Image prepare(ImageReference reference) throws IOException {
    long started = System.nanoTime();
    byte[] bytes = reader.read(reference);
    times.add(Stage.READ, started);
    try {
      Image image = preparer.prepare(bytes);
      keep(reference.id(), image);
      return image;
    } catch (BadImageException e) {
      bad.add(reference.id());
      onBad.accept(new BadInput(reference, e.reason(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void keep(ImageId id, Image image) {
    if (image.sizeBytes() <= freeBytes) {
      freeBytes -= image.sizeBytes();
      kept.put(id, image);
    }
  }
}
