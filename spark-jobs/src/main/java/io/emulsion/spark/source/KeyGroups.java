package io.emulsion.spark.source;

import io.emulsion.spark.order.Keyed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/** Walks over things sorted by key, one key at a time, and holds no more than what a key needs. */
abstract class KeyGroups implements FlatMapFunction<Iterator<Keyed>, Keyed> {
  private static final long serialVersionUID = 1;

  /** The things of one key. */
  interface Group {
    /** Takes the next one, in their order. */
    void add(Keyed thing, Consumer<Keyed> out) throws IOException;

    /** All are there. */
    void end(Consumer<Keyed> out) throws IOException;
  }

  /** Begins with another key. */
  abstract Group start(String key);

  @Override
  public Iterator<Keyed> call(Iterator<Keyed> things) {
    return new Walk(things);
  }

  private final class Walk implements Iterator<Keyed> {
    private final Iterator<Keyed> things;
    private final Deque<Keyed> ready = new ArrayDeque<>();
    private @Nullable String key;
    private @Nullable Group group;

    Walk(Iterator<Keyed> things) {
      this.things = things;
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty() && things.hasNext()) {
          take(things.next());
        }
        if (ready.isEmpty() && group != null) {
          group.end(ready::add);
          group = null;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return !ready.isEmpty();
    }

    private void take(Keyed thing) throws IOException {
      Group current = group;
      if (current == null || !thing.key().equals(key)) {
        if (current != null) {
          current.end(ready::add);
        }
        current = start(thing.key());
        group = current;
        key = thing.key();
      }
      current.add(thing, ready::add);
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
