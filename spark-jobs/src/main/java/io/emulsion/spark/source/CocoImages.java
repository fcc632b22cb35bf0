package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.Mismatch;
import io.emulsion.annotation.RawAnnotation;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.spark.order.Keyed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images of a COCO file with their boxes, by path; and what does not fit within the file. Of an
 * id that two images have, the first counts; an annotation that one image has twice is taken once,
 * and one id on two images is told but does no harm.
 */
final class CocoImages extends KeyGroups {
  private static final long serialVersionUID = 1;

  @Override
  Group start(String key) {
    return new OneKey();
  }

  private static final class OneKey implements Group {
    /** Each as {@link AnnotationBytes} wrote it. */
    private final List<byte[]> boxes = new ArrayList<>();

    private final Set<String> annotations = new HashSet<>();
    private @Nullable Entry image;
    private long sequence;
    private boolean idSeen;

    @Override
    public void add(Keyed thing, Consumer<Keyed> out) {
      Entry entry = Entry.of(thing);
      switch (entry.kind()) {
        case COCO_IMAGE -> addImage(entry, thing.sequence(), out);
        case COCO_BOX -> addBox(entry, out);
        case COCO_ID -> addId(entry, out);
        default -> out.accept(thing);
      }
    }

    private void addImage(Entry entry, long at, Consumer<Keyed> out) {
      if (image == null) {
        image = entry;
        sequence = at;
      } else {
        out.accept(
            Entry.mismatch(
                Mismatch.DUPLICATE,
                "image id "
                    + entry.text(0)
                    + ": "
                    + entry.text(1)
                    + " has it too, and is left out"));
      }
    }

    private void addBox(Entry entry, Consumer<Keyed> out) {
      if (image == null) {
        out.accept(
            Entry.mismatch(
                Mismatch.ANNOTATION_WITHOUT_IMAGE,
                AnnotationBytes.rawBox(entry.bytes()).name()
                    + ": image_id "
                    + (entry.text(1).isEmpty() ? "missing" : entry.text(1))));
      } else if (entry.text(0).isEmpty() || annotations.add(entry.text(0))) {
        if (boxes.size() == RawAnnotation.MOST_BOXES) {
          throw EmulsionException.of(
              ExitCode.BAD_INPUTS,
              "The image %s has more than %s annotations, which is taken for a mistake",
              image.text(1),
              boxes.size());
        }
        boxes.add(entry.bytes());
      }
    }

    private void addId(Entry entry, Consumer<Keyed> out) {
      if (idSeen) {
        out.accept(
            Entry.mismatch(
                Mismatch.DUPLICATE,
                "annotation id " + entry.text(0) + ": again on image " + entry.text(1)));
      }
      idSeen = true;
    }

    @Override
    public void end(Consumer<Keyed> out) {
      Entry of = image;
      if (of != null) {
        byte[] raw = AnnotationBytes.ofBoxes(boxes, (int) of.number(2), (int) of.number(3));
        out.accept(Entry.of(Entry.Kind.BOXES, raw, "-1").keyed(of.text(1), sequence));
      }
    }
  }
}
