package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** Lists class folders, all folders below them included. Not thread-safe; one for each task. */
final class FolderLister {
  /** Below the 40 links that Linux follows, so that a loop of links is called one. */
  private static final int MAX_DEPTH = 32;

  private final List<Store> roots;
  private final ReferenceFile.@Nullable Writer writer;
  private final Listed listed;

  /**
   * @param writer gets each reference, where they are wanted
   * @param listed gets the counts
   */
  FolderLister(List<Store> roots, ReferenceFile.@Nullable Writer writer, Listed listed) {
    this.roots = roots;
    this.writer = writer;
    this.listed = listed;
  }

  private record Folder(String id, int depth) {}

  /**
   * Lists all folders of one class.
   *
   * @param folders one for each root that has the class
   * @throws EmulsionException (usage) if two roots hold the same id
   */
  void list(List<ClassFolder> folders) throws IOException {
    Map<String, Integer> rootOfId = new HashMap<>();
    for (ClassFolder folder : folders) {
      list(folder, folders.size() > 1 ? rootOfId : null);
    }
  }

  private void list(ClassFolder classFolder, @Nullable Map<String, Integer> rootOfId)
      throws IOException {
    Store root = roots.get(classFolder.root());
    boolean imagesAtOnce = false;
    boolean imagesBelow = false;
    Deque<Folder> open = new ArrayDeque<>();
    open.add(new Folder(classFolder.name(), 0));
    while (!open.isEmpty()) {
      Folder folder = open.remove();
      List<FileStatus> content = root.list(folder.id());
      LocalNames.check(root.path(folder.id()), content);
      for (FileStatus status : content) {
        String name = status.getPath().getName();
        String id = folder.id() + "/" + name;
        if (status.isDirectory() && !FileKind.isSystem(name)) {
          open.add(below(folder, id, root));
        } else if (!status.isDirectory() && FileKind.of(name) == FileKind.IMAGE) {
          if (rootOfId != null) {
            checkUnique(id, classFolder.root(), rootOfId);
          }
          add(new ImageId(id), classFolder, status);
          imagesAtOnce |= folder.depth() == 0;
          imagesBelow |= folder.depth() > 0;
        } else {
          listed.ignore(FileKind.of(name));
        }
      }
    }
    listed.imagesAtOnce |= imagesAtOnce;
    if (imagesBelow) {
      listed.nested.add(classFolder.name());
    }
  }

  private static Folder below(Folder folder, String id, Store root) {
    if (folder.depth() == MAX_DEPTH) {
      throw EmulsionException.usage(
          "%s is more than %s folders deep: is there a link to a folder above it?",
          root.path(id), MAX_DEPTH);
    }
    return new Folder(id, folder.depth() + 1);
  }

  private void checkUnique(String id, int root, Map<String, Integer> rootOfId) {
    Integer other = rootOfId.putIfAbsent(id, root);
    if (other != null) {
      throw EmulsionException.usage(
          "'%s' is in two input paths, %s and %s, and ids must be unique: rename one or leave one"
              + " path out",
          id, roots.get(other).display(), roots.get(root).display());
    }
  }

  private void add(ImageId id, ClassFolder folder, FileStatus status) throws IOException {
    listed.classCounts.merge(folder.label(), 1L, Long::sum);
    listed.inputBytes += status.getLen();
    ImageKey key = ImageKey.ofInput(id, status.getLen(), folder.name());
    listed.digest.add(key);
    ImageReference reference =
        new ImageReference(
            id, folder.root(), status.getLen(), status.getModificationTime(), folder.label());
    if (writer != null) {
      writer.write(reference);
    } else {
      listed.sample.add(key, reference);
    }
  }
}
