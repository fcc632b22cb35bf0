package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.CocoItem;
import io.emulsion.annotation.CocoParser;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a COCO file lists, as a stream: images and boxes by the image's id, the ids of annotations
 * by themselves.
 */
final class CocoEntries implements FlatMapFunction<String, Keyed> {
  private static final long serialVersionUID = 1;

  private static final int MOST_CATEGORIES = 100_000;

  /** In front of keys, so that ids of images and of annotations do not meet. */
  private static final String IMAGE = "i";

  private static final String ANNOTATION = "a";

  private final Broadcast<SerializableConfiguration> hadoop;

  CocoEntries(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Keyed> call(String file) throws IOException {
    Store store = Store.of(file, hadoop.value().value());
    return new Stream(new CocoParser(store.open(""), store.display()));
  }

  private static final class Stream implements Iterator<Keyed> {
    private final CocoParser parser;
    private final Deque<Keyed> ready = new ArrayDeque<>();
    private long sequence;
    private int categories;
    private boolean ended;

    Stream(CocoParser parser) {
      this.parser = parser;
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty() && !ended) {
          CocoItem item = parser.next();
          if (item == null) {
            ended = true;
            parser.close();
          } else {
            add(item);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return !ready.isEmpty();
    }

    private void add(CocoItem item) {
      sequence++;
      if (item instanceof CocoItem.Image image) {
        ready.add(
            Entry.of(
                    Entry.Kind.COCO_IMAGE,
                    image.id(),
                    image.path(),
                    Integer.toString(image.height()),
                    Integer.toString(image.width()))
                .keyed(IMAGE + image.id(), sequence));
      } else if (item instanceof CocoItem.Annotated annotated) {
        String id = annotated.id() == null ? "" : annotated.id();
        String image = annotated.image() == null ? "" : annotated.image();
        ready.add(
            Entry.of(Entry.Kind.COCO_BOX, AnnotationBytes.of(annotated.box()), id, image)
                .keyed(IMAGE + image, sequence));
        if (!id.isEmpty()) {
          ready.add(Entry.of(Entry.Kind.COCO_ID, id, image).keyed(ANNOTATION + id, sequence));
        }
      } else if (item instanceof CocoItem.Category category) {
        checkCount(++categories);
        String number = Long.toString(category.number());
        ready.add(
            Entry.of(Entry.Kind.CATEGORY, number, category.name()).keyed("c" + number, sequence));
      }
    }

    /** The driver holds them all. */
    private static void checkCount(int categories) {
      if (categories > MOST_CATEGORIES) {
        throw EmulsionException.of(
            ExitCode.BAD_INPUTS,
            "The COCO file has more than %s categories, which is taken for a mistake",
            MOST_CATEGORIES);
      }
    }

    @Override
    public Keyed next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }
}
