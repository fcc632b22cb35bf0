package io.emulsion.spark.job;

import io.emulsion.canvas.CanvasOptions;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.PartnerOptions;
import java.util.List;

/**
 * Memory of one running task at its peak, by formula, with images of up to some 4 megapixels. A
 * larger one takes 3 bytes a pixel more outside of the heap, and as much in it where it keeps its
 * size.
 *
 * @param keptBytes decoded images that are kept between the views of a block, in the heap
 * @param otherHeapBytes whatever else is in the heap
 * @param nativeBytes outside of the heap, where OpenCV decodes and encodes
 */
record TaskMemory(double keptBytes, double otherHeapBytes, double nativeBytes) {
  private static final double MEGABYTE = 1 << 20;

  /** The image at hand, decoded, in the heap. */
  private static final double IMAGE_BYTES = 16 * MEGABYTE;

  /** The same image in native memory, and what its codec works with. */
  private static final double NATIVE_BYTES = 16 * MEGABYTE;

  /** Of a block whose shard is too small for two, in mean blocks. */
  private static final double LARGEST_BLOCK = 1.5;

  /** Of an open TFRecord file or of an index. */
  private static final double WRITER_BYTES = MEGABYTE / 4;

  /** A row group of Parquet's, and the pages that it is made of. */
  private static final double PARQUET_BYTES = 2 * 32 * MEGABYTE;

  /** Of a photo that was read ahead. */
  private static final double PHOTO_BYTES = MEGABYTE / 4;

  /** What is known of a task before the input is. */
  static TaskMemory of(EmulsionConfig config) {
    CanvasOptions canvas = config.canvas();
    return of(config, 3.0 * canvas.height() * canvas.width(), 0);
  }

  /**
   * @param imageBytes of a mixed image in memory; without meaning where images keep their sizes
   * @param shardBytes what the references of a shard take
   */
  static TaskMemory of(EmulsionConfig config, double imageBytes, double shardBytes) {
    PairingOptions pairing = config.pairing();
    int views = Math.min(pairing.views(), pairing.viewsPerPass());
    return new TaskMemory(
        kept(config, views, imageBytes),
        IMAGE_BYTES
            + config.readsInFlight() * PHOTO_BYTES
            + shardBytes
            + views * writers(config.output().formats()),
        NATIVE_BYTES);
  }

  private static double kept(EmulsionConfig config, int views, double imageBytes) {
    PartnerOptions partners = config.partners();
    if (views == 1
        && partners.scope() == PartnerOptions.Scope.SAMPLE
        && partners.choice() == PartnerOptions.Choice.UNIFORM) {
      return 0; // a ring of one view wants nothing twice
    }
    boolean ofAnySize =
        config.canvas().augment().randomResizedCrop()
            || config.canvas().fit() == CanvasOptions.Fit.NONE;
    double block = LARGEST_BLOCK * config.pairing().blockSamples() * imageBytes;
    return ofAnySize ? config.cacheBytes() : Math.min((double) config.cacheBytes(), block);
  }

  private static double writers(List<String> formats) {
    return formats.stream()
        .mapToDouble(f -> f.equals("parquet") ? PARQUET_BYTES : WRITER_BYTES)
        .sum();
  }

  double heapBytes() {
    return keptBytes + otherHeapBytes;
  }

  double bytes() {
    return heapBytes() + nativeBytes;
  }
}
