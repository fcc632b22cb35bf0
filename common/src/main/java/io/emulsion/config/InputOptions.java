package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import io.emulsion.annotation.BadBoxes;
import io.emulsion.annotation.FileNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is read.
 *
 * @param paths folders; of {@link Format#IMAGE_FOLDER} their folders are the classes. At least one,
 *     unmodifiable
 * @param annotations the file of COCO's, or the folder of VOC's or YOLO's; null for what lies
 *     beside the images
 * @param imageSet of VOC, the list of images in its {@code ImageSets}; null for all images
 * @param badBoxes what becomes of annotations that do not fit their images
 * @param failOnBad whether the first unusable image stops the job; else it is quarantined
 * @param maxBadFraction share of unusable images above which the job stops, in {@code [0, 1]}
 */
public record InputOptions(
    Format format,
    List<String> paths,
    @Nullable String annotations,
    @Nullable String imageSet,
    BadBoxes badBoxes,
    boolean failOnBad,
    double maxBadFraction)
    implements Serializable {

  /** How images and their labels lie in the input. */
  public enum Format {
    IMAGE_FOLDER,
    COCO,
    VOC,
    YOLO
  }

  public InputOptions {
    paths = Collections.unmodifiableList(new ArrayList<>(paths));
    option(!paths.isEmpty(), "input.path has an empty list: name at least one");
    paths.forEach(path -> checkPath(ConfigKey.INPUT_PATH, path));
    if (annotations != null) {
      checkPath(ConfigKey.INPUT_ANNOTATIONS, annotations);
    }
    if (imageSet != null) {
      option(
          !imageSet.isBlank() && FileNames.below(imageSet).isPresent(),
          "input.image-set must be the name of a list below ImageSets, but is '%s'",
          imageSet);
    }
    option(
        maxBadFraction >= 0 && maxBadFraction <= 1,
        "input.max-bad-fraction must be from 0 to 1, but is %s",
        maxBadFraction);
  }

  private static void checkPath(ConfigKey key, String path) {
    option(!path.isBlank(), "%s must not be empty", key);
    option(
        !Credentials.in(path),
        "%s holds a user name or key before the '@': give credentials to Spark instead",
        key);
  }

  /** {@link #annotations}, where they are named. */
  public Optional<String> annotationsPath() {
    return Optional.ofNullable(annotations);
  }

  /** {@link #imageSet}, where one is named. */
  public Optional<String> imageSetName() {
    return Optional.ofNullable(imageSet);
  }
}
