package io.emulsion.shard;

import java.util.Locale;

/**
 * A finished file, in the fragment of a manifest that one task leaves.
 *
 * @param folder where it lies until it is published, relative to the data set's folder; empty where
 *     it lies under its final name already
 * @param file its path is below {@code folder}, and below the data set's folder in the end
 * @param beside order-free digest of its records' files, which lie in folders beside it ({@link
 *     RecordFolders}): 32 hexadecimal digits, all 0 where there are none
 */
public record FragmentEntry(Kind kind, String folder, ShardInfo file, String beside) {
  /** Nothing beside. */
  public static final String NOTHING = "0".repeat(32);

  /** In which section of the manifest the file belongs. */
  public enum Kind {
    SHARD,
    QUARANTINE;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same file where it lies under its final name. */
  public FragmentEntry inPlace() {
    return new FragmentEntry(kind, "", file, beside);
  }
}
