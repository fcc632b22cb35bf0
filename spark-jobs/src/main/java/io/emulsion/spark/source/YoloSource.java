package io.emulsion.spark.source;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.error.EmulsionException;
import io.emulsion.label.ClassIndex;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.order.Meeting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Images with a text file each, as Ultralytics' YOLO has them: in {@code labels} for {@code
 * images}, or beside the images. Classes are numbered by the data set's YAML file.
 */
public final class YoloSource extends AbstractBoxSource {
  private final @Nullable String annotations;
  private final @Nullable ClassIndex wanted;

  /**
   * @param roots data sets, or folders of images; Hadoop paths
   * @param annotations folder of the text files of all roots; null for where YOLO has them
   * @param wanted the classes in the order of their numbers; null for the YAML file's
   */
  public YoloSource(
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
    return Meeting.byKey(scanned(layout().scans()), partitions(0))
        .mapPartitions(new JoinBoxes(hadoop, roots, BoxFile.YOLO, false));
  }

  private YoloLayout layout() throws IOException {
    YoloLayout layout = new YoloLayout(hadoop.value().value(), annotations, wanted == null);
    for (int i = 0; i < roots.size(); i++) {
      layout.add(root(i), i);
    }
    return layout;
  }

  @Override
  Classes classes(JavaRDD<Keyed> joined) throws IOException {
    Optional<List<String>> named = wanted == null ? layout().names() : Optional.of(wanted.names());
    List<String> names =
        named.orElseThrow(
            () ->
                EmulsionException.usage(
                    "No YAML file with the names of the classes in %s: set label.classes to it",
                    String.join(", ", roots)));
    List<Long> numbers = new ArrayList<>();
    for (long number = 0; number < names.size(); number++) {
      numbers.add(number);
    }
    return Classes.byNumber(names, numbers, null);
  }
}
