package io.emulsion.mix;

import io.emulsion.codec.BadImageException;
import io.emulsion.sample.Image;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images of one block, prepared when asked for. As many as fit are kept; of the rest the last
 * few, and the first of a view, which a ring wants again at its end. What is not held is decoded
 * again, to the same pixels. Not thread-safe.
 */
final class PreparedBlock {
  /** Those of a pair and the one that is looked at for the next. */
  private static final int RECENT = 3;

  private final ImageReader reader;
  private final Preparer preparer;
  private final StageTimes times;
  private final Consumer<BadInput> onBad;
  private final Set<ImageId> bad = new HashSet<>();
  private final Map<ImageId, Image> kept = new HashMap<>();
  private final Map<ImageId, Image> recent = new LinkedHashMap<>();
  private @Nullable ImageId pinned;
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

  /** Forgets what only the view before had use for. */
  void startView() {
    recent.clear();
    pinned = null;
  }

  /** Whether the input's bytes are an image. */
  boolean isUsable(ImageReference reference) throws IOException {
    return load(reference) != null;
  }

  /** The prepared image of a usable input. */
  Image image(ImageReference reference) throws IOException {
    Image image = load(reference);
    if (image == null) {
      throw new IllegalStateException(reference.id() + " cannot be used");
    }
    return image;
  }

  private @Nullable Image load(ImageReference reference) throws IOException {
    ImageId id = reference.id();
    if (bad.contains(id)) {
      return null;
    }
    Image held = kept.getOrDefault(id, recent.get(id));
    return held != null ? held : prepare(reference);
  }

  private @Nullable Image prepare(ImageReference reference) throws IOException {
    long started = System.nanoTime();
    byte[] bytes = reader.read(reference);
    times.add(Stage.READ, started);
    try {
      Image image = preparer.prepare(bytes);
      hold(reference.id(), image);
      return image;
    } catch (BadImageException e) {
      bad.add(reference.id());
      onBad.accept(new BadInput(reference, e.reason(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void hold(ImageId id, Image image) {
    if (image.sizeBytes() <= freeBytes) {
      freeBytes -= image.sizeBytes();
      kept.put(id, image);
      return;
    }
    if (pinned == null) {
      pinned = id;
    }
    recent.put(id, image);
    if (recent.size() > RECENT + 1) {
      ImageId oldest =
          recent.keySet().stream().filter(other -> !other.equals(pinned)).findFirst().orElseThrow();
      recent.remove(oldest);
    }
  }
}
