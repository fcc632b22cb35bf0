package io.emulsion.shard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The files that are made of whole views: {@code files/view-000/annotations.json}. */
public final class Listings {
  private Listings() {}

  /** Opens a file of the data set. */
  public interface Opener {
    InputStream open(String path) throws IOException;
  }

  /** Their paths; none where loaders find all in the shards. */
  public static List<String> of(ShardNames names) {
    List<String> paths = new ArrayList<>();
    if (ShardFormats.find(names.format()) instanceof FolderFormat format) {
      format.setFiles().forEach(name -> paths.add(names.format() + "/" + name));
      for (int view = 0; view < names.views(); view++) {
        String folder = names.folder(view);
        format.viewFiles().forEach(name -> paths.add(folder + "/" + name));
      }
    }
    return paths;
  }

  /** Whether {@code path} is one of {@link #of}. */
  public static boolean covers(ShardNames names, String path) {
    if (!(ShardFormats.find(names.format()) instanceof FolderFormat format)) {
      return false;
    }
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    String name = path.substring(path.lastIndexOf('/') + 1);
    return folder.equals(names.format())
        ? format.setFiles().contains(name)
        : format.viewFiles().contains(name) && names.viewOf(folder) >= 0;
  }

  /**
   * Writes the one at {@code path}, one of {@link #of}.
   *
   * @param files opens the shards' indexes
   * @param out should be buffered; stays open
   */
  public static void write(
      String path, ShardNames names, Opener files, ShardContext context, OutputStream out)
      throws IOException {
    FolderFormat format = (FolderFormat) ShardFormats.named(names.format());
    String folder = path.substring(0, path.lastIndexOf('/'));
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (folder.equals(names.format())) {
      format.writeSetFile(name, names.views(), context, out);
    } else {
      int view = names.viewOf(folder);
      format.writeViewFile(name, view, indexes(names, view, files), context, out);
    }
  }

  private static FolderFormat.Indexes indexes(ShardNames names, int view, Opener files) {
    return new FolderFormat.Indexes() {
      @Override
      public int count() {
        return names.shards();
      }

      @Override
      public InputStream open(int shard) throws IOException {
        return files.open(names.path(view, shard));
      }
    };
  }
}
