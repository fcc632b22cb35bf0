package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.BoxChecker;
import io.emulsion.annotation.Mismatch;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.order.Keyed;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** References of images with their boxes, in a task. */
final class CheckBoxes implements FlatMapFunction<Iterator<Keyed>, Annotated> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final @Nullable String folder;
  private final HashMap<String, Integer> labels;
  private final BadBoxes badBoxes;

  /**
   * @param folder where references are written to; null for counts only
   * @param labels class numbers by category
   */
  CheckBoxes(
      Broadcast<SerializableConfiguration> hadoop,
      @Nullable String folder,
      Map<String, Integer> labels,
      BadBoxes badBoxes) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.labels = new HashMap<>(labels);
    this.badBoxes = badBoxes;
  }

  @Override
  public Iterator<Annotated> call(Iterator<Keyed> things) throws IOException {
    Annotated found = new Annotated(badBoxes);
    try (TaskReferences references = new TaskReferences(folder, hadoop.value().value(), found)) {
      check(things, found, references);
      references.finish();
    }
    return List.of(found).iterator();
  }

  private void check(Iterator<Keyed> things, Annotated found, TaskReferences references)
      throws IOException {
    BoxChecker checker = new BoxChecker(labels, badBoxes, found.mismatches);
    while (things.hasNext()) {
      Entry entry = Entry.of(things.next());
      switch (entry.kind()) {
        case REFERENCE -> {
          ImageReference reference = reference(entry, checker);
          references.add(found.add(reference), reference);
        }
        case MISMATCH -> found.mismatches.add(Mismatch.valueOf(entry.text(0)), entry.text(1));
        case IGNORED -> found.ignored.merge(entry.text(0), entry.number(1), Long::sum);
        case CATEGORY -> {
          // The driver has read them.
        }
        default -> throw new IllegalStateException("Not joined: " + entry.kind());
      }
    }
  }

  private static ImageReference reference(Entry entry, BoxChecker checker) {
    ImageId id = new ImageId(entry.text(0));
    return new ImageReference(
        id,
        (int) entry.number(1),
        entry.number(2),
        entry.number(3),
        0,
        checker.check(id, AnnotationBytes.rawAnnotation(entry.bytes())));
  }
}
