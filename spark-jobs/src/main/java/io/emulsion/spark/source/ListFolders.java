package io.emulsion.spark.source;

import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The listing of some classes' folders, in a task. */
final class ListFolders implements FlatMapFunction<Iterator<List<ClassFolder>>, Listed> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String[] roots;
  private final @Nullable String folder;

  /**
   * @param folder where references are written to; null for counts only
   */
  ListFolders(
      Broadcast<SerializableConfiguration> hadoop, List<String> roots, @Nullable String folder) {
    this.hadoop = hadoop;
    this.roots = roots.toArray(new String[0]);
    this.folder = folder;
  }

  @Override
  public Iterator<Listed> call(Iterator<List<ClassFolder>> classes) throws IOException {
    Configuration configuration = hadoop.value().value();
    List<Store> stores = new ArrayList<>();
    for (String root : roots) {
      stores.add(Store.of(root, configuration));
    }
    Listed listed = new Listed();
    try (TaskReferences references = new TaskReferences(folder, configuration, listed)) {
      FolderLister lister = new FolderLister(stores, references, listed);
      while (classes.hasNext()) {
        lister.list(classes.next());
      }
      references.finish();
    }
    return List.of(listed).iterator();
  }
}
