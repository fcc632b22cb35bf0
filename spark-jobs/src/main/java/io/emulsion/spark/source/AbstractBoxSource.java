package io.emulsion.spark.source;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Images with boxes. Files are listed by tasks and meet their boxes in a shuffle; what comes of it
 * is kept on Spark's local disks until classes have their numbers and the references are written.
 */
abstract class AbstractBoxSource extends AbstractSource {
  private static final int MAX_TASKS = 1000;

  private final BadBoxes badBoxes;

  /**
   * @param roots Hadoop paths
   */
  AbstractBoxSource(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> hadoop,
      List<String> roots,
      BadBoxes badBoxes) {
    super(spark, hadoop, roots);
    this.badBoxes = badBoxes;
  }

  /** The images with their boxes, and what did not fit; by no key. */
  abstract JavaRDD<Keyed> joined() throws IOException;

  /** The classes of what was joined. */
  abstract Classes classes(JavaRDD<Keyed> joined) throws IOException;

  /** The folders of {@code scans}, looked into by tasks. */
  JavaRDD<Keyed> scanned(List<Scan> scans) {
    return spark
        .parallelize(scans, Math.min(MAX_TASKS, scans.size()))
        .flatMap(new ScanFolders(hadoop));
  }

  /** Partitions of a shuffle, each of which a task sorts on its disk. */
  int partitions(long bytes) {
    long bySize = bytes >> 23;
    return (int) Math.min(MAX_TASKS, Math.max(2L * spark.defaultParallelism(), bySize));
  }

  Store root(int number) throws IOException {
    Store store = Store.of(roots.get(number), hadoop.value().value());
    InputFolders.check(store, "a folder of images");
    return store;
  }

  @Override
  final Snapshot list(@Nullable String folder) throws IOException {
    JavaRDD<Keyed> joined = joined().persist(StorageLevel.DISK_ONLY());
    try {
      Classes classes = classes(joined);
      Annotated all = new Annotated(badBoxes);
      joined
          .mapPartitions(new CheckBoxes(hadoop, folder, classes.labels(), badBoxes))
          .collect()
          .forEach(all::add);
      check(all);
      return new Snapshot(
          all.files,
          all.images,
          all.inputBytes,
          all.digest.hex(),
          classes.index(),
          all.countsOf(classes.index().size()),
          new TreeMap<>(all.ignored),
          new Snapshot.Boxes(all.boxes, all.imagesWithoutBoxes, all.mismatches),
          all.sample.references());
    } finally {
      joined.unpersist();
    }
  }

  private void check(Annotated all) {
    Map<String, Long> other = new TreeMap<>(all.ignored);
    all.mismatches.counts().forEach((kind, count) -> other.put(kind.plural(), count));
    String where = roots.stream().collect(Collectors.joining(", "));
    String found = other.isEmpty() ? "" : " (" + Snapshot.describe(other) + ")";
    if (all.images == 0) {
      throw EmulsionException.usage(
          "No annotated images in %s%s: check input.path, input.annotations and input.format",
          where, found);
    }
    if (all.boxes == 0) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          "None of the %s images in %s has a usable box%s: check input.annotations and input.format",
          all.images,
          where,
          found);
    }
  }
}
