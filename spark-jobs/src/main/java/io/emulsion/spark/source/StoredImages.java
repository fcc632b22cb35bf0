package io.emulsion.spark.source;

import io.emulsion.codec.ImageHeader;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.mix.ImageReader;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

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
      // Of a file that is too long, enough to be refused.
      long wanted = Math.min(reference.sizeBytes(), ImageHeader.MAX_SIZE_BYTES + 1L);
      byte[] bytes = root.read(id, (int) wanted);
      // Afterwards, so that a change while it was read is noticed too.
      checkUnchanged(reference, root.status(id));
      return bytes;
    } catch (EOFException e) {
      checkUnchanged(reference, root.status(id)); // else a connection ended early
      throw e;
    } catch (FileNotFoundException e) {
      if (root.exists(id)) {
        throw e; // what Java calls a file that it may not open
      }
      throw changed(reference, "it is gone");
    }
  }

  private static void checkUnchanged(ImageReference reference, StoredFile status) {
    if (status.sizeBytes() != reference.sizeBytes()) {
      throw changed(
          reference, "it had " + reference.sizeBytes() + " bytes, now " + status.sizeBytes());
    }
    if (status.modifiedMillis() != reference.modifiedMillis()) {
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
