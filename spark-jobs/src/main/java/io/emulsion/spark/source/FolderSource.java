package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Folders of class folders: {@code ROOT/cat/1.jpg}. The class is the first folder, deeper files
 * count. The driver lists the roots, tasks list the class folders.
 */
public final class FolderSource extends AbstractSource {
  /** A task costs some 10 ms: as much as listing a thousand files of a local disk. */
  private static final int TASKS_A_CORE = 4;

  /** Of one task, where there are many: enough to keep a growing cluster busy. */
  private static final int MOST_CLASSES = 16;

  private final @Nullable ClassIndex wanted;

  /**
   * @param roots Hadoop paths
   * @param wanted the classes; null where the folders are the classes
   */
  public FolderSource(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      @Nullable ClassIndex wanted) {
    super(spark, hadoop, roots);
    this.wanted = wanted;
  }

  @Override
  Snapshot list(@Nullable String folder) throws IOException {
    Listed all = new Listed();
    List<ClassFolder> folders = classFolders(all);
    ClassIndex classes = classes(folders);
    Map<Integer, List<ClassFolder>> byClass = new TreeMap<>();
    for (ClassFolder f : folders) {
      int label = classes.indexOf(f.name());
      byClass
          .computeIfAbsent(label, key -> new ArrayList<>())
          .add(new ClassFolder(f.root(), f.name(), label));
    }
    if (!byClass.isEmpty()) {
      List<List<ClassFolder>> units = new ArrayList<>(byClass.values());
      int tasks = Math.max(TASKS_A_CORE * spark.defaultParallelism(), units.size() / MOST_CLASSES);
      spark
          .parallelize(units, Math.min(tasks, units.size()))
          .mapPartitions(new ListFolders(hadoop, roots, folder))
          .collect()
          .forEach(all::add);
    }
    checkShape(all);
    return new Snapshot(
        all.files,
        all.count(),
        all.inputBytes,
        all.digest.hex(),
        classes,
        all.countsOf(classes.size()),
        new TreeMap<>(all.ignored),
        null,
        all.sample.references());
  }

  private ClassIndex classes(List<ClassFolder> folders) {
    if (wanted == null) {
      return ClassIndex.sorted(folders.stream().map(ClassFolder::name).toList());
    }
    for (ClassFolder folder : folders) {
      if (!wanted.contains(folder.name())) {
        throw EmulsionException.usage(
            "The folder %s/%s is no class of label.classes: add its name there, or move it away",
            roots.get(folder.root()), folder.name());
      }
    }
    return wanted;
  }

  /** The folders right under the roots; their label is not known yet. Counts what lies beside. */
  private List<ClassFolder> classFolders(Listed all) throws IOException {
    List<ClassFolder> folders = new ArrayList<>();
    for (int root = 0; root < roots.size(); root++) {
      Store store = Store.of(roots.get(root), hadoop.value().value());
      InputFolders.check(store, "a folder of class folders");
      List<StoredFile> content = store.list("");
      LocalNames.check(store.folder(), content);
      for (StoredFile status : content) {
        String name = status.name();
        if (FileKind.isSystem(name)) {
          all.ignore(FileKind.SYSTEM);
        } else if (status.isFolder()) {
          folders.add(new ClassFolder(root, name, -1));
        } else {
          all.ignored.merge("files beside the class folders", 1L, Long::sum);
        }
      }
    }
    return folders;
  }

  private void checkShape(Listed all) {
    String where = String.join(", ", roots);
    if (all.count() == 0) {
      throw EmulsionException.usage(
          "No images in class folders below %s%s: put the images of each class into a folder of"
              + " its own, such as photos/cat/1.jpg, and give the folder above as --input",
          where,
          all.ignored.isEmpty() ? "" : " (passed over: " + Snapshot.describe(all.ignored) + ")");
    }
    if (!all.imagesAtOnce) {
      String names = all.nested.stream().sorted().limit(5).collect(Collectors.joining(", "));
      String likely =
          all.nested.contains("train")
              ? "train"
              : all.nested.stream().min(String::compareTo).orElseThrow();
      throw EmulsionException.usage(
          "The folders in %s (%s) hold only folders, so they are no classes: give the folder whose"
              + " folders are the classes, probably --input %s/%s",
          where, names, roots.get(0), likely);
    }
  }
}
