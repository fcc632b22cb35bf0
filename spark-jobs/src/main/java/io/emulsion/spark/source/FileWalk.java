package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over the files in a folder and in all folders below it, one folder's content at a time. */
final class FileWalk {
  /** Below the 40 links that Linux follows, so that a loop of links is called one. */
  private static final int MAX_DEPTH = 32;

  private final Store root;
  private final Deque<Folder> open = new ArrayDeque<>();
  private final Deque<Found> found = new ArrayDeque<>();

  private record Folder(String path, int depth) {}

  /**
   * A file; or a hidden or system folder, which is not entered.
   *
   * @param path relative to the root, {@code /}-joined
   * @param depth of folders between it and where the walk began
   */
  record Found(String path, int depth, StoredFile status) {
    String name() {
      return status.name();
    }

    FileKind kind() {
      return status.isFolder() ? FileKind.SYSTEM : FileKind.of(name());
    }
  }

  /**
   * @param folder where to begin, relative to {@code root}; empty for the root itself
   */
  FileWalk(Store root, String folder) {
    this.root = root;
    open.add(new Folder(folder, 0));
  }

  /** The next file; null behind the last. */
  @Nullable Found next() throws IOException {
    while (found.isEmpty() && !open.isEmpty()) {
      list(open.remove());
    }
    return found.poll();
  }

  private void list(Folder folder) throws IOException {
    List<StoredFile> content = root.list(folder.path());
    LocalNames.check(root.path(folder.path()), content);
    for (StoredFile status : content) {
      String name = status.name();
      String path = folder.path().isEmpty() ? name : folder.path() + "/" + name;
      if (status.isFolder() && !FileKind.isSystem(name)) {
        open.add(below(folder, path));
      } else {
        found.add(new Found(path, folder.depth(), status));
      }
    }
  }

  private Folder below(Folder folder, String path) {
    if (folder.depth() == MAX_DEPTH) {
      throw EmulsionException.usage(
          "%s is more than %s folders deep: is there a link to a folder above it?",
          root.path(path), MAX_DEPTH);
    }
    return new Folder(path, folder.depth() + 1);
  }
}
