package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.Mismatches;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageReference;
import java.util.List;

/** What one task found among annotated images. Plain fields: it crosses the wire. */
final class Annotated extends TaskListing {
  private static final long serialVersionUID = 1;

  long images;
  long imagesWithoutBoxes;
  long boxes;
  final Mismatches mismatches;

  Annotated(BadBoxes badBoxes) {
    this.mismatches = new Mismatches(badBoxes);
  }

  /** The key of the reference, which the digest covers. */
  ImageKey add(ImageReference reference) {
    images++;
    inputBytes += reference.sizeBytes();
    List<Box> ofImage = reference.annotation().boxes();
    boxes += ofImage.size();
    imagesWithoutBoxes += ofImage.isEmpty() ? 1 : 0;
    ofImage.forEach(box -> classCounts.merge(box.label(), 1L, Long::sum));
    ImageKey key =
        ImageKey.ofInput(
            reference.id(), reference.sizeBytes(), AnnotationBytes.of(reference.annotation()));
    digest.add(key);
    return key;
  }

  /** Adds what another task found. */
  void add(Annotated other) {
    addListing(other);
    images += other.images;
    imagesWithoutBoxes += other.imagesWithoutBoxes;
    boxes += other.boxes;
    mismatches.add(other.mismatches);
  }
}
