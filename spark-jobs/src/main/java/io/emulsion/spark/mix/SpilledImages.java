package io.emulsion.spark.mix;

import io.emulsion.error.EmulsionException;
import io.emulsion.mix.ImageReader;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.order.RankedImage;
import io.emulsion.spark.order.RankedReference;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The references of a task's images; the bytes of a shard wait in a file on local disk, as a shard
 * may be larger than a task's memory. Not thread-safe.
 */
final class SpilledImages implements Iterator<RankedReference>, ImageReader, AutoCloseable {
  private final Iterator<RankedImage> images;
  private final File folder;
  private @Nullable RankedReference last;

  /** The shard that is read; its first image is asked for before the shard ahead of it is mixed. */
  private @Nullable SpillFile current;

  private @Nullable SpillFile before;

  /**
   * @param images of one pass, sorted
   * @param folder where the files lie
   */
  SpilledImages(Iterator<RankedImage> images, File folder) {
    this.images = images;
    this.folder = folder;
  }

  @Override
  public boolean hasNext() {
    return images.hasNext();
  }

  /**
   * @throws EmulsionException (usage) if two images have one id
   */
  @Override
  public RankedReference next() {
    RankedImage image = images.next();
    RankedReference next = image.withoutImage();
    if (last != null && last.id().equals(next.id())) {
      throw EmulsionException.usage(
          "The data frame holds id '%s' twice: give each image an id of its own", next.id());
    }
    try {
      fileOf(next).add(next.id(), image.image());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = next;
    return next;
  }

  private SpillFile fileOf(RankedReference next) throws IOException {
    SpillFile file = current;
    if (file == null || last == null || last.shard() != next.shard()) {
      if (before != null) {
        before.close();
      }
      before = file;
      file = new SpillFile(folder);
      current = file;
    }
    return file;
  }

  @Override
  public byte[] read(ImageReference reference) throws IOException {
    ImageId id = reference.id();
    SpillFile file = before != null && before.holds(id) ? before : current;
    if (file == null || !file.holds(id)) {
      throw new IllegalStateException(id + " is not of the shard at hand");
    }
    return file.read(id, (int) reference.sizeBytes());
  }

  @Override
  public void close() {
    try {
      if (before != null) {
        before.close();
      }
      if (current != null) {
        current.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
