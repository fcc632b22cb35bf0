package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.Mismatch;
import io.emulsion.annotation.RawAnnotation;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Images with their boxes. An image without boxes stays in, but for one that a COCO file does not
 * list, or that is not in the image set that was asked for. Of several annotations of an image the
 * first counts.
 */
final class JoinBoxes extends KeyGroups {
  private static final long serialVersionUID = 1;
  private static final byte[] NO_BOXES =
      AnnotationBytes.of(new RawAnnotation(List.of(), false, 0, 0));
  private static final int ANY_ROOT = -1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String[] roots;
  private final @Nullable BoxFile boxFile;
  private final boolean ofImageSet;

  /**
   * @param roots as the user named them, for errors
   * @param boxFile null where one file holds the boxes of all
   * @param ofImageSet whether only images that are listed are taken
   */
  JoinBoxes(
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      @Nullable BoxFile boxFile,
      boolean ofImageSet) {
    this.hadoop = hadoop;
    this.roots = roots.toArray(new String[0]);
    this.boxFile = boxFile;
    this.ofImageSet = ofImageSet;
  }

  @Override
  Group start(String key) {
    return new OneKey(key);
  }

  private final class OneKey implements Group {
    private final String key;
    private final List<Entry> files = new ArrayList<>();

    /** By the root they are of. */
    private final Map<Integer, Entry> boxes = new TreeMap<>();

    /** Names in image sets, by the root whose set it is. */
    private final Map<Integer, String> listed = new TreeMap<>();

    private final Set<Integer> used = new HashSet<>();

    OneKey(String key) {
      this.key = key;
    }

    @Override
    public void add(Keyed thing, Consumer<Keyed> out) {
      Entry entry = Entry.of(thing);
      switch (entry.kind()) {
        case LISTED -> listed.putIfAbsent((int) entry.number(0), entry.text(1));
        case IMAGE_FILE -> addFile(entry);
        case BOXES, BOX_FILE -> addBoxes(entry, out);
        default -> out.accept(thing);
      }
    }

    private void addFile(Entry file) {
      for (Entry other : files) {
        if (other.text(0).equals(file.text(0))) {
          throw EmulsionException.usage(
              "'%s' is in two input paths, %s and %s, and ids must be unique: rename one or leave"
                  + " one path out",
              file.text(0), roots[(int) other.number(1)], roots[(int) file.number(1)]);
        }
      }
      files.add(file);
    }

    private void addBoxes(Entry entry, Consumer<Keyed> out) {
      Entry other = boxes.putIfAbsent((int) entry.number(0), entry);
      if (other != null) {
        out.accept(
            Entry.mismatch(
                Mismatch.DUPLICATE,
                nameOf(entry) + ": a second annotation of its image, left out"));
      }
    }

    private String nameOf(Entry entry) {
      return entry.kind() == Entry.Kind.BOX_FILE ? entry.text(2) : key;
    }

    @Override
    public void end(Consumer<Keyed> out) throws IOException {
      if (ofImageSet) {
        leaveOut(out);
      }
      for (Entry file : files) {
        int root = boxes.containsKey((int) file.number(1)) ? (int) file.number(1) : ANY_ROOT;
        Entry ofFile = boxes.get(root);
        if (ofFile != null) {
          used.add(root);
          out.accept(reference(file, ofFile));
        } else if (boxFile == null) {
          out.accept(Entry.ignored("images that the annotations do not list", 1));
        } else {
          out.accept(reference(file, NO_BOXES));
        }
      }
      boxes.keySet().removeAll(used);
      boxes.values().forEach(entry -> out.accept(left(entry)));
    }

    /** Forgets what the image sets do not name, and tells which of their images are not there. */
    private void leaveOut(Consumer<Keyed> out) {
      Set<Integer> rootsOfFiles = new HashSet<>();
      for (Entry file : files) {
        rootsOfFiles.add((int) file.number(1));
      }
      long before = files.size();
      files.removeIf(file -> !listed.containsKey((int) file.number(1)));
      if (files.size() < before) {
        out.accept(Entry.ignored("images outside the image set", before - files.size()));
      }
      boxes
          .keySet()
          .removeIf(root -> root == ANY_ROOT ? files.isEmpty() : !listed.containsKey(root));
      listed.forEach(
          (root, name) -> {
            if (!rootsOfFiles.contains(root)) {
              String where = String.format("%s: '%s' of the image set", roots[root], name);
              out.accept(Entry.mismatch(Mismatch.IMAGE_WITHOUT_FILE, where));
            }
          });
    }

    private Keyed left(Entry entry) {
      if (entry.kind() == Entry.Kind.BOXES) {
        return Entry.mismatch(Mismatch.IMAGE_WITHOUT_FILE, key);
      }
      return Boolean.parseBoolean(entry.text(4))
          ? Entry.mismatch(Mismatch.ANNOTATION_WITHOUT_IMAGE, entry.text(2))
          : Entry.ignored(FileKind.OTHER.plural(), 1);
    }

    private Keyed reference(Entry file, Entry ofFile) throws IOException {
      return reference(file, ofFile.kind() == Entry.Kind.BOX_FILE ? read(ofFile) : ofFile.bytes());
    }

    private Keyed reference(Entry file, byte[] annotation) {
      return Entry.of(Entry.Kind.REFERENCE, annotation, file.texts()).keyed(file.text(0), 0);
    }

    private byte[] read(Entry entry) throws IOException {
      Store folder = Store.of(entry.text(1), hadoop.value().value());
      String path = entry.text(2);
      String name = folder.display() + "/" + path;
      if (entry.number(3) > BoxFile.MOST_BYTES) {
        throw EmulsionException.of(
            ExitCode.BAD_INPUTS,
            "%s has %d bytes, more than the annotation of an image ever needs: move it away",
            name,
            entry.number(3));
      }
      try {
        byte[] bytes = folder.read(path, (int) entry.number(3));
        return AnnotationBytes.of(Objects.requireNonNull(boxFile).parse(bytes, name));
      } catch (FileNotFoundException e) {
        throw EmulsionException.of(
            ExitCode.STORAGE,
            e,
            "%s cannot be opened, or is gone since the input was listed: run the same command"
                + " again",
            name);
      }
    }
  }
}
