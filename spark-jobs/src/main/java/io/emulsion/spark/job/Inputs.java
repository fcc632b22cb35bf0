package io.emulsion.spark.job;

import io.emulsion.annotation.YoloDataSetParser;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.InputOptions;
import io.emulsion.label.ClassIndex;
import io.emulsion.label.LabelsFile;
import io.emulsion.spark.sink.ClassNames;
import io.emulsion.spark.source.CocoSource;
import io.emulsion.spark.source.FolderSource;
import io.emulsion.spark.source.ImageSource;
import io.emulsion.spark.source.VocSource;
import io.emulsion.spark.source.YoloSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The input that a configuration names. */
final class Inputs {
  private Inputs() {}

  static ImageSource source(
      EmulsionConfig config, Sessions sessions, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    InputOptions input = config.input();
    JavaSparkContext spark = sessions.spark();
    ClassIndex classes = classes(config, sessions);
    return switch (input.format()) {
      case IMAGE_FOLDER -> new FolderSource(spark, hadoop, input.paths(), classes);
      case COCO ->
          new CocoSource(
              spark,
              hadoop,
              input.paths(),
              input.annotationsPath().orElseThrow(), // ConfigChecks demands it
              classes,
              input.badBoxes());
      case VOC ->
          new VocSource(
              spark,
              hadoop,
              input.paths(),
              input.annotations(),
              input.imageSet(),
              classes,
              input.badBoxes());
      case YOLO ->
          new YoloSource(
              spark, hadoop, input.paths(), input.annotations(), classes, input.badBoxes());
    };
  }

  /** Where inputs are looked for; no output may lie there. */
  static List<String> folders(InputOptions input) {
    List<String> folders = new ArrayList<>(input.paths());
    input.annotationsPath().ifPresent(folders::add);
    return folders;
  }

  private static @Nullable ClassIndex classes(EmulsionConfig config, Sessions sessions)
      throws IOException {
    String file = config.label().classes();
    if (file == null) {
      return null;
    }
    byte[] content = ClassNames.read(file, sessions.spark().hadoopConfiguration());
    return ClassIndex.listed(
        file.matches("(?i).*\\.ya?ml")
            ? YoloDataSetParser.parse(content, file).names()
            : LabelsFile.parse(content));
  }
}
