package io.emulsion.spark.source;

import io.emulsion.annotation.AnnotationBytes;
import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.RawBox;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.order.Meeting;
import java.io.IOException;
import java.util.ArrayList;
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
  private final @Nullable String imageSet;
  private final @Nullable ClassIndex wanted;

  /**
   * @param roots data sets, or folders of images; Hadoop paths
   * @param annotations folder of the XML files of all roots; null for those beside the images
   * @param imageSet the list in each root's {@code ImageSets} whose images are taken; null for all
   * @param wanted the classes; null for the names of all objects
   */
  public VocSource(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      @Nullable String annotations,
      @Nullable String imageSet,
      @Nullable ClassIndex wanted,
      BadBoxes badBoxes) {
    super(spark, hadoop, roots, badBoxes);
    this.annotations = annotations;
    this.imageSet = imageSet;
    this.wanted = wanted;
  }

  @Override
  JavaRDD<Keyed> joined() throws IOException {
    VocLayout layout = new VocLayout(hadoop.value().value(), annotations);
    for (int i = 0; i < roots.size(); i++) {
      layout.add(root(i), i);
    }
    JavaRDD<Keyed> found = scanned(layout.scans());
    if (imageSet != null) {
      found = found.union(listed(new VocImageSet(hadoop.value().value(), imageSet)));
    }
    return Meeting.byKey(found, partitions(0))
        .mapPartitions(new JoinBoxes(hadoop, roots, BoxFile.VOC, imageSet != null));
  }

  /** The names in the lists of all roots. */
  private JavaRDD<Keyed> listed(VocImageSet set) throws IOException {
    List<Keyed> names = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      names.addAll(set.names(root(i), i));
    }
    return spark.parallelize(names, partitions(0));
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
