package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the images and XML files of VOC's sets lie, whatever the case of the names: {@code
 * JPEGImages} or {@code images} and {@code Annotations} below the root, or beside a root that is
 * the folder of images; else both in the root's folders, side by side.
 */
final class VocLayout {
  private static final Set<String> IMAGES =
      Set.of("jpegimages", "jpegimage", "images", "image", "imgs", "img");
  private static final Set<String> ANNOTATIONS = Set.of("annotations", "annotation", "xmls", "xml");

  private final Configuration configuration;
  private final @Nullable String annotations;
  private final List<Scan> scans = new ArrayList<>();

  /**
   * @param annotations folder that the user named; null if none
   */
  VocLayout(Configuration configuration, @Nullable String annotations) throws IOException {
    this.configuration = configuration;
    this.annotations = annotations;
    if (annotations != null) {
      Store store = Store.of(annotations, configuration);
      checkAnnotations(store);
      scans.add(Scan.boxes(store.folder().toString(), -1, BoxFile.VOC.extension()));
    }
  }

  static void checkAnnotations(Store store) throws IOException {
    if (!store.exists("") || !store.status("").isFolder()) {
      throw EmulsionException.usage(
          "input.annotations names %s, which is no folder", store.display());
    }
  }

  List<Scan> scans() {
    return scans;
  }

  /** Adds what is to be looked into for one input path. */
  void add(Store root, int number) throws IOException {
    String images = folder(root, IMAGES);
    String boxes = folder(root, ANNOTATIONS);
    if (annotations != null) {
      scans.add(images(root, number, images == null ? "" : images));
    } else if (boxes != null) {
      scans.add(images(root, number, images == null ? onlyOther(root, boxes) : images));
      scans.add(boxes(root.path(boxes).toString(), number));
    } else {
      addBeside(root, number);
    }
  }

  private void addBeside(Store root, int number) throws IOException {
    Store above = above(root, configuration);
    if (above != null) {
      String boxes = folder(above, ANNOTATIONS);
      if (boxes != null) {
        scans.add(images(root, number, ""));
        scans.add(boxes(above.path(boxes).toString(), number));
        return;
      }
    }
    scans.add(
        Scan.both(root.folder().toString(), number, "", BoxFile.VOC.extension(), Scan.Key.STEM));
  }

  /** The data set of which {@code root} is the folder of images, by its name; null if it is not. */
  static @Nullable Store above(Store root, Configuration configuration) throws IOException {
    Path parent = root.folder().getParent();
    boolean imagesOnly = IMAGES.contains(root.folder().getName().toLowerCase(Locale.ROOT));
    return imagesOnly && parent != null ? Store.of(parent.toString(), configuration) : null;
  }

  private static Scan images(Store root, int number, String folder) {
    return Scan.images(
        root.path(folder).toString(), number, folder.isEmpty() ? "" : folder + "/", Scan.Key.STEM);
  }

  private static Scan boxes(String folder, int number) {
    return Scan.boxes(folder, number, BoxFile.VOC.extension());
  }

  /** The folder right below {@code root} whose name, in lower case, is one of {@code names}. */
  static @Nullable String folder(Store root, Set<String> names) throws IOException {
    List<String> found =
        folders(root).stream()
            .filter(name -> names.contains(name.toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() > 1) {
      throw EmulsionException.usage(
          "%s has the folders %s: set input.path to the one of the images and input.annotations to"
              + " the one of the XML files",
          root.display(), String.join(" and ", found));
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<String> folders(Store root) throws IOException {
    return root.list("").stream()
        .filter(StoredFile::isFolder)
        .map(StoredFile::name)
        .filter(name -> !FileKind.isSystem(name))
        .toList();
  }

  /** The one folder beside {@code boxes} that can hold images. */
  private static String onlyOther(Store root, String boxes) throws IOException {
    List<String> others =
        folders(root).stream()
            .filter(name -> !name.equals(boxes))
            .filter(name -> !name.toLowerCase(Locale.ROOT).equals("imagesets"))
            .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("segmentation"))
            .toList();
    if (others.size() != 1) {
      throw EmulsionException.usage(
          "Which folder of %s holds the images? Set input.path to it and input.annotations to %s",
          root.display(), root.path(boxes));
    }
    return others.get(0);
  }
}
