package io.emulsion.shard;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link FragmentWriter} wrote, one entry after the other. */
public final class FragmentReader {
  private final StrictJson json;

  /**
   * @param in the whole fragment; the caller closes it
   * @param name of the fragment, for errors
   */
  public FragmentReader(InputStream in, String name) throws IOException {
    this.json = new StrictJson(in, name);
  }

  /**
   * The next entry; null after the last.
   *
   * @throws DamagedShardException if the bytes are not what a {@link FragmentWriter} wrote
   */
  public @Nullable FragmentEntry next() throws IOException {
    if (!json.startObjectUnlessEnd()) {
      return null;
    }
    return FragmentEntryParser.fromJson(json);
  }
}
