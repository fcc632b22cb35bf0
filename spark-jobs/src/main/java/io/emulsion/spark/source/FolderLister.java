package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.random.ImageKey;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists class folders, all folders below them included. Not thread-safe; one for each task. */
final class FolderLister {
  private final List<Store> roots;
  private final TaskReferences references;
  private final Listed listed;

  /**
   * @param references gets each reference
   * @param listed gets the counts
   */
  FolderLister(List<Store> roots, TaskReferences references, Listed listed) {
    this.roots = roots;
    this.references = references;
    this.listed = listed;
  }

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
    FileWalk walk = new FileWalk(root, classFolder.name());
    for (FileWalk.Found file = walk.next(); file != null; file = walk.next()) {
      if (file.kind() == FileKind.IMAGE) {
        if (rootOfId != null) {
          checkUnique(file.path(), classFolder.root(), rootOfId);
        }
        add(new ImageId(file.path()), classFolder, file.status());
        imagesAtOnce |= file.depth() == 0;
        imagesBelow |= file.depth() > 0;
      } else {
        listed.ignore(file.kind());
      }
    }
    listed.imagesAtOnce |= imagesAtOnce;
    if (imagesBelow) {
      listed.nested.add(classFolder.name());
    }
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

  private void add(ImageId id, ClassFolder folder, StoredFile status) throws IOException {
    listed.classCounts.merge(folder.label(), 1L, Long::sum);
    listed.inputBytes += status.sizeBytes();
    ImageKey key = ImageKey.ofInput(id, status.sizeBytes(), folder.name());
    listed.digest.add(key);
    references.add(
        key,
        new ImageReference(
            id, folder.root(), status.sizeBytes(), status.modifiedMillis(), folder.label()));
  }
}
