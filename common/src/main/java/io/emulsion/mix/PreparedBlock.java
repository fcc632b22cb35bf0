package io.emulsion.mix;

import io.emulsion.codec.BadImageException;
import io.emulsion.pairing.Pair;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.PixelArrays;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images of one block, made when asked for. Of what all views share as much as fits is kept; of
 * a view's images the last few, and the first, which a ring wants again at its end. What is not
 * held is made again, to the same pixels. Not thread-safe.
 */
final class PreparedBlock {
  /** Those of a pair and the one that is looked at for the next. */
  private static final int RECENT = 3;

  private final ImageReader reader;
  private final Preparer preparer;
  private final PixelArrays arrays;
  private final StageTimes times;
  private final Consumer<BadInput> onBad;
  private final Set<ImageId> bad = new HashSet<>();

  /** What {@link Preparer#decode} made. */
  private final Map<ImageId, Prepared> kept = new HashMap<>();

  /** What {@link Preparer#image} made for this view. */
  private final Map<ImageId, Prepared> recent = new LinkedHashMap<>();

  private @Nullable ImageId pinned;

  /** The first of the pair whose partner is looked for. */
  private @Nullable ImageId needed;

  private long freeBytes;
  private int view;

  /**
   * @param arrays take what is not held any more
   * @param cacheBytes how many bytes of pixels to keep between views
   * @param onBad told of each input that cannot be used, once
   */
  PreparedBlock(
      ImageReader reader,
      Preparer preparer,
      PixelArrays arrays,
      StageTimes times,
      long cacheBytes,
      Consumer<BadInput> onBad) {
    this.reader = reader;
    this.preparer = preparer;
    this.arrays = arrays;
    this.times = times;
    this.freeBytes = cacheBytes;
    this.onBad = onBad;
  }

  /** Forgets what only the view before had use for. */
  void startView(int next) {
    view = next;
    dropRecent();
    pinned = null;
  }

  /** Forgets all images. */
  void end() {
    dropRecent();
    kept.values().forEach(image -> arrays.give(image.image()));
    kept.clear();
  }

  private void dropRecent() {
    recent.forEach(this::drop);
    recent.clear();
  }

  /** Whether the input's bytes are an image. */
  boolean isUsable(ImageReference reference) throws IOException {
    return kept.containsKey(reference.id()) || find(reference) != null;
  }

  /** The images of two usable inputs as this view shows them; good until the next call. */
  PreparedPair images(Pair pair) throws IOException {
    Prepared first = image(pair.first());
    needed = pair.first().id();
    Prepared partner = image(pair.partner());
    needed = null;
    return new PreparedPair(first, partner);
  }

  private Prepared image(ImageReference reference) throws IOException {
    Prepared image = find(reference);
    if (image == null) {
      throw new IllegalStateException(reference.id() + " cannot be used");
    }
    return image;
  }

  private @Nullable Prepared find(ImageReference reference) throws IOException {
    ImageId id = reference.id();
    Prepared held = recent.get(id);
    if (held != null || bad.contains(id)) {
      return held;
    }
    Prepared decoded = kept.containsKey(id) ? kept.get(id) : decode(reference);
    if (decoded == null) {
      return null;
    }
    Prepared image = preparer.image(decoded, view, id);
    if (image.image() != decoded.image()) {
      drop(id, decoded);
    }
    hold(id, image);
    return image;
  }

  private @Nullable Prepared decode(ImageReference reference) throws IOException {
    long started = System.nanoTime();
    byte[] bytes = reader.read(reference);
    times.add(Stage.READ, started);
    try {
      Prepared decoded = preparer.decode(bytes, reference.annotation());
      if (decoded.image().sizeBytes() <= freeBytes) {
        freeBytes -= decoded.image().sizeBytes();
        kept.put(reference.id(), decoded);
      }
      return decoded;
    } catch (BadImageException e) {
      bad.add(reference.id());
      onBad.accept(new BadInput(reference, e.reason(), String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void hold(ImageId id, Prepared image) {
    if (pinned == null) {
      pinned = id;
    }
    recent.put(id, image);
    if (recent.size() > RECENT + 1) {
      dropOldest();
    }
  }

  private void dropOldest() {
    Iterator<Map.Entry<ImageId, Prepared>> oldestFirst = recent.entrySet().iterator();
    Map.Entry<ImageId, Prepared> entry = oldestFirst.next();
    while (entry.getKey().equals(pinned) || entry.getKey().equals(needed)) {
      entry = oldestFirst.next();
    }
    oldestFirst.remove();
    drop(entry.getKey(), entry.getValue());
  }

  /** Gives the array of an image back unless it is kept. */
  private void drop(ImageId id, Prepared image) {
    Prepared ofAllViews = kept.get(id);
    if (ofAllViews == null || ofAllViews.image() != image.image()) {
      arrays.give(image.image());
    }
  }
}
