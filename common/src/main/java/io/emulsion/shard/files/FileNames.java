package io.emulsion.shard.files;

import io.emulsion.sample.Place;
import io.emulsion.shard.RecordFolders;
import java.util.List;
import java.util.Map;

/** What the files of a record are called: its key and what they are. */
final class FileNames {
  /** Ultralytics finds labels by putting this word in place of the other. */
  static final String IMAGES = "images";

  static final String LABELS = "labels";

  private static final String TEXT = "txt";
  private static final Map<String, List<String>> EXTENSIONS =
      Map.of(IMAGES, List.of("jpg", "png"), LABELS, List.of(TEXT));

  private FileNames() {}

  /**
   * @param imageFormat {@code jpeg} or {@code png}
   */
  static String image(Place place, String imageFormat) {
    return place.key() + "." + (imageFormat.equals("jpeg") ? "jpg" : imageFormat);
  }

  static String label(Place place) {
    return place.key() + "." + TEXT;
  }

  /** An image's path below {@link #IMAGES}, as COCO's {@code file_name}. */
  static String imagePath(Place place, String imageFormat) {
    return RecordFolders.name(place.shard()) + "/" + image(place, imageFormat);
  }

  static boolean mayHold(String folder, int view, int shard, String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && EXTENSIONS.getOrDefault(folder, List.of()).contains(name.substring(dot + 1))
        && isOf(name.substring(0, dot), view, shard);
  }

  private static boolean isOf(String key, int view, int shard) {
    try {
      Place place = Place.parse(key);
      return place.view() == view && place.shard() == shard;
    } catch (IllegalArgumentException e) {
      return false; // no key of a record
    }
  }
}
