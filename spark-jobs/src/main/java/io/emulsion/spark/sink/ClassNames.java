package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Where the names of classes are: in a file, or in the metadata of a column that MLlib made. */
public final class ClassNames {
  private static final String ATTRIBUTE = "ml_attr";
  private static final String VALUES = "vals";

  private ClassNames() {}

  /**
   * The content of the file that {@code label.classes} names.
   *
   * @throws EmulsionException (usage) if there is no such file
   */
  public static byte[] read(String file, Configuration configuration) throws IOException {
    try {
      return Store.of(file, configuration).read("");
    } catch (FileNotFoundException e) {
      throw EmulsionException.usage("label.classes names %s, which does not exist", file);
    }
  }

  /** The names in the order of their indexes, as a StringIndexer leaves them; null if unknown. */
  public static @Nullable List<String> of(StructField column) {
    if (!column.metadata().contains(ATTRIBUTE)) {
      return null;
    }
    Metadata attribute = column.metadata().getMetadata(ATTRIBUTE);
    return attribute.contains(VALUES) ? List.of(attribute.getStringArray(VALUES)) : null;
  }
}
