package io.emulsion.spark.source;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.YoloDataSetParser;
import io.emulsion.label.ClassIndex;
import io.emulsion.sample.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Sources of a test, and what they list. */
final class BoxSources {
  private final JavaSparkContext spark;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Path folder;
  private int runs;

  /**
   * A snapshot and what it wrote.
   *
   * @param references by id
   */
  record Listing(
      Snapshot snapshot, Snapshot.Boxes boxes, SortedMap<String, ImageReference> references) {
    ImageReference of(String id) {
      ImageReference reference = references.get(id);
      if (reference == null) {
        throw new AssertionError("No " + id + " among " + references.keySet());
      }
      return reference;
    }
  }

  /**
   * @param folder for snapshots
   */
  BoxSources(SparkSession session, Path folder) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.folder = folder;
  }

  Listing coco(Path images, Path json, BadBoxes badBoxes) {
    return list(
        new CocoSource(spark, hadoop, List.of(images.toString()), json.toString(), null, badBoxes));
  }

  Listing voc(List<Path> roots, @Nullable Path annotations, BadBoxes badBoxes) {
    String xml = annotations == null ? null : annotations.toString();
    return list(new VocSource(spark, hadoop, texts(roots), xml, null, null, badBoxes));
  }

  /** With the annotations beside the images. */
  Listing vocSet(List<Path> roots, String imageSet) {
    return list(new VocSource(spark, hadoop, texts(roots), null, imageSet, null, BadBoxes.CLIP));
  }

  Listing yolo(List<Path> roots, @Nullable Path annotations, BadBoxes badBoxes) {
    String labels = annotations == null ? null : annotations.toString();
    return list(new YoloSource(spark, hadoop, texts(roots), labels, null, badBoxes));
  }

  Listing yolo(Path images, Path labels, Path yaml) throws IOException {
    ClassIndex classes =
        ClassIndex.listed(
            YoloDataSetParser.parse(Files.readAllBytes(yaml), yaml.toString()).names());
    return list(
        new YoloSource(
            spark, hadoop, List.of(images.toString()), labels.toString(), classes, BadBoxes.CLIP));
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  private Listing list(ImageSource source) {
    try {
      Path to = Files.createDirectories(folder.resolve("snapshot-" + runs++));
      Snapshot snapshot = source.snapshot(to.toString());
      SortedMap<String, ImageReference> references = new TreeMap<>();
      for (String file : snapshot.files()) {
        new ReferenceFile.Reader(Files.newInputStream(to.resolve(file)))
            .forEachRemaining(reference -> references.put(reference.id().value(), reference));
      }
      return new Listing(snapshot, Objects.requireNonNull(snapshot.boxes()), references);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
