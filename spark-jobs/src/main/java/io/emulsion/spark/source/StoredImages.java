package io.emulsion.spark.source;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.mix.ImageReader;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** Reads inputs where they lie, and fails when one is not what the snapshot lists. */
public final class StoredImages implements ImageReader {
  private final List<Store> roots = new ArrayList<>();

  /**
   * @param roots the input paths, in the order in which references number them
   */
  public StoredImages(List<String> roots, Configuration configuration) throws IOException {
    for (String root : roots) {
      this.roots.add(Store.of(root, configuration));
    }
  }

  @Override
  public byte[] read(ImageReference reference) throws IOException {
    Store root = roots.get(reference.root());
    String id = reference.id().value();
    try {
      if (reference.sizeBytes() > Integer.MAX_VALUE - 8) {
        // No image is that long; the header check refuses what was read of it.
        return root.read(id, 1 << 27);
      }
      byte[] bytes = root.read(id, (int) reference.sizeBytes());
      // Afterwards, so that a change while it was read is noticed too.
      checkUnchanged(reference, root.status(id));
      return bytes;
    } catch (EOFException | FileNotFoundException e) {
      throw changed(reference, String.valueOf(e.getMessage()));
    }
  }

  private static void checkUnchanged(ImageReference reference, FileStatus status) {
    if (status.getLen() != reference.sizeBytes()) {
      throw changed(
          reference, "it had " + reference.sizeBytes() + " bytes, now " + status.getLen());
    }
    if (status.getModificationTime() != reference.modifiedMillis()) {
      throw changed(reference, "it was modified");
    }
  }

  private static EmulsionException changed(ImageReference reference, String how) {
    return EmulsionException.of(
        ExitCode.STORAGE,
        "INPUT_CHANGED: '%s' is not what it was when the input was listed (%s). Run the same"
            + " command again when nothing writes to the input any more",
        reference.id(),
        how);
  }
}
