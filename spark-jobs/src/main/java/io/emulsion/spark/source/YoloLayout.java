package io.emulsion.spark.source;

import io.emulsion.annotation.FileNames;
import io.emulsion.annotation.YoloDataSet;
import io.emulsion.annotation.YoloDataSetParser;
import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Where the images and label files of YOLO's sets lie. A root with a YAML file is a data set, and
 * the images are those that {@code train} names; any other root is a folder of images. Nothing
 * outside the root is read, but for the {@code labels} that go with it and the YAML file above its
 * {@code images}.
 */
final class YoloLayout {
  private static final String USUAL_NAME = "data.yaml";

  private final Configuration configuration;
  private final boolean explicit;
  private final boolean wantsNames;
  private final List<Scan> scans = new ArrayList<>();
  private @Nullable List<String> names;

  /**
   * @param annotations folder that the user named; null if none
   * @param wantsNames whether the classes are to be found here
   */
  YoloLayout(Configuration configuration, @Nullable String annotations, boolean wantsNames)
      throws IOException {
    this.configuration = configuration;
    this.wantsNames = wantsNames;
    this.explicit = annotations != null;
    if (annotations != null) {
      Store store = Store.of(annotations, configuration);
      VocLayout.checkAnnotations(store);
      scans.add(Scan.boxes(store.folder().toString(), -1, BoxFile.YOLO.extension()));
    }
  }

  List<Scan> scans() {
    return scans;
  }

  /** Of the classes, by their numbers; empty where no YAML file was found. */
  Optional<List<String>> names() {
    return Optional.ofNullable(names);
  }

  /** Adds what is to be looked into for one input path. */
  void add(Store root, int number) throws IOException {
    YoloDataSet dataSet = read(root);
    if (dataSet == null) {
      Store above = wantsNames ? aboveImages(root) : null;
      takeNames(above == null ? null : read(above), root);
      add(root, number, "");
    } else {
      takeNames(dataSet, root);
      for (String folder : trainFolders(root, dataSet)) {
        add(root, number, folder);
      }
    }
  }

  private void takeNames(@Nullable YoloDataSet dataSet, Store root) {
    if (dataSet == null || !wantsNames) {
      return;
    }
    if (names != null && !names.equals(dataSet.names())) {
      throw EmulsionException.usage(
          "The YAML file of %s names other classes than that of the first input path: set"
              + " label.classes, or make one set of it",
          root.display());
    }
    names = dataSet.names();
  }

  private void add(Store root, int number, String folder) throws IOException {
    String images = root.path(folder).toString();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    if (explicit) {
      scans.add(Scan.images(images, number, prefix, Scan.Key.STEM));
      return;
    }
    String labels = Scan.labels(images + "/");
    Store beside = Store.of(labels.substring(0, labels.length() - 1), configuration);
    if (!labels.equals(images + "/") && beside.exists("")) {
      scans.add(Scan.images(images, number, prefix, Scan.Key.STEM));
      scans.add(Scan.boxes(beside.folder().toString(), number, BoxFile.YOLO.extension()));
    } else {
      scans.add(Scan.both(images, number, prefix, BoxFile.YOLO.extension(), Scan.Key.LABEL_STEM));
    }
  }

  /** The folder that holds the last {@code images} in the path; null where there is none. */
  private @Nullable Store aboveImages(Store root) throws IOException {
    String path = root.folder() + "/";
    int at = path.lastIndexOf("/images/");
    return at <= 0 ? null : Store.of(path.substring(0, at), configuration);
  }

  /**
   * The training images' folders, relative to the root. {@code path} counts where it stays below
   * the root: elsewhere it says where the set lay on another machine. A {@code ../} in front of
   * {@code train} is passed over, as Ultralytics does, since Roboflow writes one too many.
   */
  private static List<String> trainFolders(Store root, YoloDataSet dataSet) throws IOException {
    if (dataSet.train().isEmpty()) {
      return List.of("");
    }
    String base = FileNames.below(dataSet.path()).map(path -> path + "/").orElse("");
    List<String> folders = new ArrayList<>();
    for (String train : dataSet.train()) {
      String inRoot = train.startsWith("../") ? train.substring("../".length()) : train;
      String folder =
          FileNames.below(inRoot)
              .orElseThrow(
                  () ->
                      EmulsionException.usage(
                          "The YAML file of %s says that the training images lie in '%s', outside"
                              + " the data set: set input.path to their folder",
                          root.display(), train));
      folders.add(existing(root, base, folder));
    }
    return folders;
  }

  private static String existing(Store root, String base, String folder) throws IOException {
    for (String candidate : List.of(base + folder, folder)) {
      if (root.exists(candidate) && root.status(candidate).isFolder()) {
        return candidate;
      }
    }
    throw EmulsionException.usage(
        "The YAML file of %s says that the training images lie in '%s', which is no folder there:"
            + " set input.path to the folder of the images",
        root.display(), base + folder);
  }

  /** The YAML file in {@code folder} that names classes; null where there is none. */
  private static @Nullable YoloDataSet read(Store folder) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (StoredFile status : folder.list("")) {
      String name = status.name().toLowerCase(Locale.ROOT);
      if (!status.isFolder() && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
        files.add(status);
      }
    }
    List<StoredFile> usual = files.stream().filter(file -> file.name().equals(USUAL_NAME)).toList();
    List<StoredFile> chosen = usual.isEmpty() ? files : usual;
    if (chosen.size() > 1) {
      throw EmulsionException.usage(
          "%s has several YAML files: call the one of the data set %s, or set input.path to the"
              + " folder of the images and label.classes to the file",
          folder.display(), USUAL_NAME);
    }
    return chosen.isEmpty() ? null : parse(folder, chosen.get(0));
  }

  private static @Nullable YoloDataSet parse(Store folder, StoredFile file) throws IOException {
    String name = file.name();
    YoloDataSet dataSet = parse(folder.folder() + "/" + name, folder, name, file.sizeBytes());
    if (dataSet.names().isEmpty()) {
      throw EmulsionException.usage("%s/%s has no names of classes", folder.display(), name);
    }
    return dataSet;
  }

  private static YoloDataSet parse(String display, Store folder, String name, long sizeBytes)
      throws IOException {
    if (sizeBytes > YoloDataSetParser.MOST_BYTES) {
      throw EmulsionException.usage(
          "%s has %s bytes, so it is no YAML file of a data set", display, sizeBytes);
    }
    return YoloDataSetParser.parse(folder.read(name), display);
  }
}
