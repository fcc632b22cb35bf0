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

  private RecordFolders() {}

  /** The folder's name for shard {@code shard}: {@code 00012}. */
  public static String name(int shard) {
    return String.format(Locale.ROOT, "%05d", shard);
  }

  /** The folders of a shard of {@code names}; none where records are no files of their own. */
  public static List<String> of(ShardNames names, int view, int shard) {
    return ShardFormats.named(names.format()) instanceof FolderFormat format
        ? format.folders().stream()
            .map(folder -> names.folder(view) + "/" + folder + "/" + name(shard))
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
    return view < names.views() && shard < names.shards() && of(names, view, shard).contains(path);
  }

  /** Whether the folder {@code path}, one of ours, may hold a file called {@code name}. */
  public static boolean mayHold(String path, String name) {
    Matcher match = PATH.matcher(path);
    return match.matches()
        && ShardFormats.named(match.group(1)) instanceof FolderFormat format
        && format.mayHold(
            match.group(3),
            Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(4)),
            name);
  }
}
