package io.emulsion.shard;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the records' files of {@link FolderFormat}s lie: those of shard 12 of view 0 in {@code
 * files/view-000/images/00012}. A folder is published, replaced and deleted as a whole, so only
 * files of its shard may lie in it.
 */
public final class RecordFolders {
  private static final Pattern PATH = Pattern.compile("([^/]+)/view-(\\d{3,9})/([^/]+)/(\\d{5,9})");

  private static final Pattern SHARD =
      Pattern.compile("(([^/]+)/view-\\d{3,9})/[^/]+-(\\d{5,9})-of-\\d{5,9}\\.[^./]+");

  private RecordFolders() {}

  /** The folder's name for shard {@code shard}: {@code 00012}. */
  public static String name(int shard) {
    return String.format(Locale.ROOT, "%05d", shard);
  }

  /**
   * The one of {@code shard} below {@code folder}.
   *
   * @param folder one of {@link FolderFormat#folders()}
   */
  public static String path(ShardNames names, int view, String folder, int shard) {
    return names.folder(view) + "/" + folder + "/" + name(shard);
  }

  /**
   * The folders of the shard at {@code path}, which exist unless it has no record; none where
   * records are no files of their own.
   */
  public static List<String> beside(String path) {
    Matcher match = SHARD.matcher(path);
    return match.matches() && ShardFormats.find(match.group(2)) instanceof FolderFormat format
        ? format.folders().stream()
            .map(folder -> match.group(1) + "/" + folder + "/" + match.group(3))
            .toList()
        : List.of();
  }

  /** Whether {@code path} is a folder of a shard of {@code names}. */
  static boolean covers(ShardNames names, String path) {
    Matcher match = PATH.matcher(path);
    if (!match.matches() || !match.group(1).equals(names.format())) {
      return false;
    }
    int view = Integer.parseInt(match.group(2));
    int shard = Integer.parseInt(match.group(4));
    return view < names.views()
        && shard < names.shards()
        && path.equals(path(names, view, match.group(3), shard))
        && ShardFormats.find(names.format()) instanceof FolderFormat format
        && format.folders().contains(match.group(3));
  }

  /** Whether {@code path} is called as the folder of a shard's records is. */
  public static boolean isOne(String path) {
    Matcher match = PATH.matcher(path);
    return match.matches()
        && ShardFormats.find(match.group(1)) instanceof FolderFormat format
        && format.folders().contains(match.group(3));
  }

  /** Whether the folder {@code path}, one of ours, may hold a file called {@code name}. */
  public static boolean mayHold(String path, String name) {
    Matcher match = PATH.matcher(path);
    return match.matches()
        && ShardFormats.find(match.group(1)) instanceof FolderFormat format
        && format.mayHold(
            match.group(3),
            Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(4)),
            name);
  }
}
