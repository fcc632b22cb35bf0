package io.emulsion.shard;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the files of one format are called: {@code tfrecord/view-000/train-00000-of-00313.tfrecord}.
 * Digits grow when needed.
 *
 * @param format also the first folder
 * @param extension without a dot
 * @param split what the files' names start with
 * @param views in the data set
 * @param shards in each view
 */
public record ShardNames(String format, String extension, String split, int views, int shards)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The names in each of {@code formats}, which are looked up by name. */
  public static List<ShardNames> of(List<String> formats, String split, int views, int shards) {
    return formats.stream()
        .map(
            format ->
                new ShardNames(
                    format, ShardFormats.named(format).extension(), split, views, shards))
        .toList();
  }

  /** The folder of a view's shards: {@code tfrecord/view-000}. */
  public String folder(int view) {
    return String.format(Locale.ROOT, "%s/view-%03d", format, view);
  }

  /** Number of the view whose folder is {@code folder}; -1 if there is none. */
  int viewOf(String folder) {
    var match = Pattern.compile(Pattern.quote(format) + "/view-(\\d{3,9})").matcher(folder);
    int view = match.matches() ? Integer.parseInt(match.group(1)) : -1;
    return view >= 0 && view < views && folder.equals(folder(view)) ? view : -1;
  }

  /** The path of a shard below the data set's folder. */
  public String path(int view, int shard) {
    return folder(view) + "/" + file(shard);
  }

  private String file(int shard) {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d.%s", split, shard, shards, extension);
  }

  /**
   * Whether {@code path} may be of a data set with these names: a shard, the folder of a shard's
   * records, or a listing.
   */
  public boolean covers(String path) {
    return isShard(path) || RecordFolders.covers(this, path) || Listings.covers(this, path);
  }

  /** Whether {@code path} is the name of a shard. */
  public boolean isShard(String path) {
    var match =
        Pattern.compile(
                Pattern.quote(format)
                    + "/view-(\\d{3,9})/"
                    + Pattern.quote(split)
                    + "-(\\d{5,9})-of-\\d{5,9}\\."
                    + Pattern.quote(extension))
            .matcher(path);
    if (!match.matches()) {
      return false;
    }
    int view = Integer.parseInt(match.group(1));
    int shard = Integer.parseInt(match.group(2));
    return view < views && shard < shards && path.equals(path(view, shard));
  }
}
