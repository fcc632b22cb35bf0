package io.emulsion.spark.source;

import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** The images and files of boxes in a folder, by what they are to meet by. */
final class ScanFolders implements FlatMapFunction<Scan, Keyed> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;

  ScanFolders(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Keyed> call(Scan scan) throws IOException {
    Store store = Store.of(scan.folder(), hadoop.value().value());
    return new Stream(scan, new FileWalk(store, ""));
  }

  private static final class Stream implements Iterator<Keyed> {
    private final Scan scan;
    private final FileWalk walk;
    private final Deque<Keyed> ready = new ArrayDeque<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private long sequence;
    private boolean ended;

    Stream(Scan scan, FileWalk walk) {
      this.scan = scan;
      this.walk = walk;
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty() && !ended) {
          FileWalk.Found file = walk.next();
          if (file == null) {
            ended = true;
            ignored.forEach((reason, count) -> ready.add(Entry.ignored(reason, count)));
          } else {
            add(file);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return !ready.isEmpty();
    }

    private void add(FileWalk.Found file) {
      FileKind kind = file.kind();
      String length = Long.toString(file.status().sizeBytes());
      if (kind == FileKind.IMAGE && scan.wantsImages()) {
        ready.add(
            Entry.of(
                    Entry.Kind.IMAGE_FILE,
                    scan.idOf(file.path()),
                    Integer.toString(scan.root()),
                    length,
                    Long.toString(file.status().modifiedMillis()))
                .keyed(scan.keyOfImage(file.path()), scan.root()));
      } else if (kind == FileKind.OTHER && scan.isBoxes(file.name().toLowerCase(Locale.ROOT))) {
        ready.add(
            Entry.of(
                    Entry.Kind.BOX_FILE,
                    Integer.toString(scan.root()),
                    scan.folder(),
                    file.path(),
                    length,
                    Boolean.toString(scan.isSurelyBoxes(file.path())))
                .keyed(Scan.keyOfBoxes(file.path()), sequence++));
      } else {
        ignored.merge(kind.plural(), 1L, Long::sum);
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
