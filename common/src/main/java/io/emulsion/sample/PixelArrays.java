package io.emulsion.sample;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Arrays of images that are no longer wanted, for the next ones: full-size photos, made anew, keep
 * a garbage collector busy for a twentieth of a job's time. Holds no more bytes than were in use at
 * once. Not thread-safe.
 */
public final class PixelArrays {
  /** An array may be longer than the image needs by this part of it. */
  private static final int MOST_SPARE = 8;

  /** By length; no deque is empty. */
  private final NavigableMap<Integer, Deque<byte[]>> free = new TreeMap<>();

  /** By identity. */
  private final Set<byte[]> inUse = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * The image, or where it is lent a copy of it.
   *
   * @return good until it is given back
   */
  public Image keep(Image image) {
    if (!image.isLent()) {
      return image;
    }
    byte[] array = take(Image.arrayBytes(image.height(), image.width()));
    inUse.add(array);
    return image.copy(array);
  }

  /** Takes the array of a copy that nobody uses any more; other images are none of its business. */
  public void give(Image image) {
    if (!image.isLent() && inUse.remove(image.rgb())) {
      byte[] array = image.rgb();
      free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }
  }

  private byte[] take(int bytes) {
    Map.Entry<Integer, Deque<byte[]>> found = free.ceilingEntry(bytes);
    if (found != null && found.getKey() - bytes <= bytes / MOST_SPARE) {
      return pop(found);
    }
    int dropped = 0;
    while (dropped < bytes && !free.isEmpty()) {
      dropped += pop(free.lastEntry()).length;
    }
    return new byte[bytes];
  }

  private byte[] pop(Map.Entry<Integer, Deque<byte[]>> entry) {
    byte[] array = entry.getValue().pop();
    if (entry.getValue().isEmpty()) {
      free.remove(entry.getKey());
    }
    return array;
  }
}
