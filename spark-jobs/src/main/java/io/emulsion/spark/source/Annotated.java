package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.Mismatches;
import io.emulsion.random.IdDigest;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.Box;
import io.emulsion.sample.ImageReference;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one task found among annotated images. Plain fields: it crosses the wire. */
final class Annotated implements Serializable {
  private static final long serialVersionUID = 1;

  /** The file of references that it wrote; null if only counts were wanted. */
  @Nullable String file;

  long images;
  long imagesWithoutBoxes;
  long boxes;
  long inputBytes;
  final IdDigest digest = new IdDigest();

  /** Empty where a file of references is written. */
  final InputSample sample = new InputSample();

  /** Boxes by class index. */
  final HashMap<Integer, Long> classCounts = new HashMap<>();

  final HashMap<String, Long> ignored = new HashMap<>();
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

  /** Adds what another task found; its file is not taken over. */
  void add(Annotated other) {
    images += other.images;
    imagesWithoutBoxes += other.imagesWithoutBoxes;
    boxes += other.boxes;
    inputBytes += other.inputBytes;
    digest.add(other.digest);
    sample.add(other.sample);
    other.classCounts.forEach((label, count) -> classCounts.merge(label, count, Long::sum));
    other.ignored.forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
    mismatches.add(other.mismatches);
  }

  List<Long> countsOf(int classes) {
    List<Long> result = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      result.add(classCounts.getOrDefault(label, 0L));
    }
    return result;
  }
}
