package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.StoredFile;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Finds what Hadoop's local file system leaves out of a listing without a word: links to nothing,
 * and names that are no text in the encoding of this JVM.
 */
final class LocalNames {
  private LocalNames() {}

  /**
   * @param listed what Hadoop found in {@code folder}
   * @throws EmulsionException (usage) if the folder holds more
   */
  static void check(Path folder, List<StoredFile> listed) {
    if (!"file".equals(folder.toUri().getScheme())) {
      return;
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      throw EmulsionException.usage(
          "This JVM reads file names as %s and would lose some of %s: set LC_ALL=C.UTF-8 for driver"
              + " and executors, as submit/emulsion does",
          encoding, folder);
    }
    String[] names = new File(folder.toUri().getPath()).list();
    if (names == null || names.length <= listed.size()) {
      return;
    }
    Set<String> found = new HashSet<>();
    listed.forEach(status -> found.add(status.name()));
    for (String name : names) {
      if (!found.contains(name) && !FileKind.isSystem(name)) {
        throw EmulsionException.usage(
            "'%s' in %s cannot be read: %s",
            name,
            folder,
            name.indexOf('\uFFFD') >= 0
                ? "its name is not UTF-8. Rename it"
                : "it is a link to nothing. Delete or mend it");
      }
    }
  }
}
