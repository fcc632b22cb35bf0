package io.emulsion.spark.sink;

import java.util.List;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** The names of classes that MLlib keeps in the metadata of a column of class indexes. */
public final class ClassNames {
  private static final String ATTRIBUTE = "ml_attr";
  private static final String VALUES = "vals";

  private ClassNames() {}

  /** The names in the order of their indexes, as a StringIndexer leaves them; null if unknown. */
  public static @Nullable List<String> of(StructField column) {
    if (!column.metadata().contains(ATTRIBUTE)) {
      return null;
    }
    Metadata attribute = column.metadata().getMetadata(ATTRIBUTE);
    return attribute.contains(VALUES) ? List.of(attribute.getStringArray(VALUES)) : null;
  }
}
