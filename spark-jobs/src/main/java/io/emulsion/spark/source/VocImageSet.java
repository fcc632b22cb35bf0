package io.emulsion.spark.source;

import io.emulsion.annotation.FileNames;
import io.emulsion.annotation.ImageSetParser;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.spark.order.Keyed;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A list of images that VOC's sets have under one name each: {@code ImageSets/Main/trainval.txt}
 * below the root, or beside a root that is the folder of images.
 */
final class VocImageSet {
  private static final Set<String> FOLDER = Set.of("imagesets");

  private final Configuration configuration;
  private final String path;

  /**
   * @param name of the list, with or without its extension; in {@code Main} unless it names another
   *     folder
   */
  VocImageSet(Configuration configuration, String name) {
    this.configuration = configuration;
    String below = FileNames.below(name).orElseThrow();
    String file = below.endsWith(".txt") ? below : below + ".txt";
    this.path = below.contains("/") ? file : "Main/" + file;
  }

  /** The names in the list of one root, by the keys of their images. */
  List<Keyed> names(Store root, int number) throws IOException {
    Store set = setOf(root);
    String folder = VocLayout.folder(set, FOLDER);
    String file = (folder == null ? "ImageSets" : folder) + "/" + path;
    if (!set.exists(file)) {
      throw EmulsionException.usage(
          "input.image-set names a list that %s does not have: there is no %s",
          set.display(), file);
    }
    String display = set.display() + "/" + file;
    long sizeBytes = set.status(file).sizeBytes();
    if (sizeBytes > ImageSetParser.MOST_BYTES) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS, "%s has %s bytes, so it is no list of images", display, sizeBytes);
    }
    List<Keyed> names = new ArrayList<>();
    for (String name : ImageSetParser.parse(set.read(file), display)) {
      String key = FileKind.of(name) == FileKind.IMAGE ? FileNames.stem(name) : name;
      names.add(Entry.of(Entry.Kind.LISTED, Integer.toString(number), name).keyed(key, number));
    }
    return names;
  }

  private Store setOf(Store root) throws IOException {
    if (VocLayout.folder(root, FOLDER) != null) {
      return root;
    }
    Store above = VocLayout.above(root, configuration);
    return above == null ? root : above;
  }
}
