package io.emulsion.annotation;

import java.util.List;

/**
 * What the YAML file of a YOLO data set says.
 *
 * @param names of the classes, by their numbers; none where the file has no {@code names}
 * @param path folder of the data set, as it stands there; empty if not stated
 * @param train folders of the training images, relative to {@code path}
 */
public record YoloDataSet(List<String> names, String path, List<String> train) {}
