package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.RawBox;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.order.Meeting;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Images with an XML file each, as Pascal VOC has them: both have the same path below their
 * folders, but for the extension. Classes are the names of all objects, sorted.
 */
public final class VocSource extends AbstractBoxSource {
  private static final int MOST_CLASSES = 100_000;

  private final @Nullable String annotations;
  private final @Nullable ClassIndex wanted;

  /**
   * @param roots data sets, or folders of images; Hadoop paths
   * @param annotations folder of the XML files of all roots; null for those beside the images
   * @param wanted the classes; null for the names of all objects
   */
  public VocSource(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      @Nullable String annotations,
      @Nullable ClassIndex wanted,
      BadBoxes badBoxes) {
    super(spark, hadoop, roots, badBoxes);
    this.annotations = annotations;
    this.wanted = wanted;
  }

  @Override
  JavaRDD<Keyed> joined() throws IOException {
    VocLayout layout = new VocLayout(hadoop.value().value(), annotations);
    for (int i = 0; i < roots.size(); i++) {
      layout.add(root(i), i);
    }
    return Meeting.byKey(scanned(layout.scans()), partitions(0))
        .mapPartitions(new JoinBoxes(hadoop, roots, BoxFile.VOC));
  }

  @Override
  Classes classes(JavaRDD<Keyed> joined) {
    if (wanted != null) {
      return Classes.byName(wanted);
    }
    Set<String> names = new TreeSet<>();
    for (String name : joined.mapPartitions(VocSource::names).collect()) {
      add(name, names);
    }
    return Classes.byName(ClassIndex.sorted(names));
  }

  private static Iterator<String> names(Iterator<Keyed> things) {
    Set<String> names = new TreeSet<>();
    while (things.hasNext()) {
      Keyed thing = things.next();
      if (Entry.is(thing, Entry.Kind.REFERENCE)) {
        for (RawBox box : AnnotationBytes.rawAnnotation(Entry.of(thing).bytes()).boxes()) {
          add(box.category(), names);
        }
      }
    }
    return names.iterator();
  }

  /** An object without a name is of no class. */
  private static void add(String name, Set<String> names) {
    if (!name.isEmpty() && names.add(name) && names.size() > MOST_CLASSES) {
      throw EmulsionException.usage(
          "The objects have more than %s names, so these are no classes: name the classes in"
              + " label.classes",
          MOST_CLASSES);
    }
  }
}
