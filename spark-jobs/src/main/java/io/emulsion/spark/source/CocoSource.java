package io.emulsion.spark.source;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.order.Meeting;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Images that a COCO file lists. One task streams the file; images and boxes meet by the image's
 * id, then images and files by the path. Classes are numbered in the order of their category ids;
 * categories of one name are one class.
 */
public final class CocoSource extends AbstractBoxSource {
  private final String annotations;
  private final @Nullable ClassIndex wanted;

  /**
   * @param roots folders that {@code file_name} is relative to, Hadoop paths
   * @param annotations the JSON file
   * @param wanted the classes; null for the categories of the file
   */
  public CocoSource(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      String annotations,
      @Nullable ClassIndex wanted,
      BadBoxes badBoxes) {
    super(spark, hadoop, roots, badBoxes);
    this.annotations = annotations;
    this.wanted = wanted;
  }

  @Override
  JavaRDD<Keyed> joined() throws IOException {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      scans.add(Scan.images(root(i).folder().toString(), i, "", Scan.Key.ID));
    }
    int partitions = partitions(sizeBytes());
    JavaRDD<Keyed> listed =
        spark.parallelize(List.of(annotations), 1).flatMap(new CocoEntries(hadoop));
    JavaRDD<Keyed> boxes = Meeting.byKey(listed, partitions).mapPartitions(new CocoImages());
    return Meeting.byKey(boxes.union(scanned(scans)), partitions)
        .mapPartitions(new JoinBoxes(hadoop, roots, null, false));
  }

  private long sizeBytes() throws IOException {
    Store file = Store.of(annotations, hadoop.value().value());
    if (!file.exists("")) {
      throw EmulsionException.usage(
          "input.annotations names %s, which does not exist", annotations);
    }
    if (file.status("").isFolder()) {
      throw EmulsionException.usage(
          "input.annotations names %s, which is a folder: name the JSON file in it", annotations);
    }
    return file.status("").sizeBytes();
  }

  @Override
  Classes classes(JavaRDD<Keyed> joined) {
    SortedMap<Long, String> names = new TreeMap<>();
    for (Keyed keyed : joined.filter(thing -> Entry.is(thing, Entry.Kind.CATEGORY)).collect()) {
      Entry category = Entry.of(keyed);
      String other = names.put(category.number(0), category.text(1));
      if (other != null && !other.equals(category.text(1))) {
        throw EmulsionException.usage(
            "%s gives category %s two names, '%s' and '%s': give each name a number of its own",
            annotations, category.text(0), category.text(1), other);
      }
    }
    if (names.containsValue("") || names.isEmpty()) {
      throw EmulsionException.usage(
          "%s has %s: name the categories",
          annotations, names.isEmpty() ? "no category" : "a category without a name");
    }
    return Classes.byNumber(
        new ArrayList<>(names.values()), new ArrayList<>(names.keySet()), wanted);
  }
}
