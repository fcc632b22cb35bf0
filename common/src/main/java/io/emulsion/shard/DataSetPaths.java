package io.emulsion.shard;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where things are below a data set's folder, {@code /}-joined; shards: {@link ShardNames}. */
public final class DataSetPaths {
  /** The classes' names, one a line in the order of their numbers. */
  public static final String LABELS = "labels.txt";

  /** The data card. */
  public static final String README = "README.md";

  /** Holds all that loaders should not see. */
  public static final String PRIVATE_FOLDER = "_emulsion";

  /** Names every file; written last of all, so that a data set exists if and only if it does. */
  public static final String MANIFEST = PRIVATE_FOLDER + "/manifest.json";

  /** There while a run publishes: {@link PublishRecord}. */
  public static final String PUBLISHING = PRIVATE_FOLDER + "/publishing.json";

  /** Counts and times of the run; the only file that holds a time. */
  public static final String REPORT = PRIVATE_FOLDER + "/report.json";

  public static final String QUARANTINE_FOLDER = PRIVATE_FOLDER + "/quarantine";

  /** Files of a run that are not published: the snapshot, what attempts write. */
  public static final String TEMPORARY_FOLDER = PRIVATE_FOLDER + "/tmp";

  /** What the names of claims start with: {@link Claim}. */
  private static final String CLAIM = PRIVATE_FOLDER + "/claim-";

  private DataSetPaths() {}

  /** The claim of the run {@code token}. */
  public static String claim(String token) {
    return CLAIM + token;
  }

  /** The token of the run whose claim is called {@code name}; null if it is no claim. */
  public static @Nullable String claimant(String name) {
    String start = CLAIM.substring(PRIVATE_FOLDER.length() + 1);
    return name.startsWith(start) ? name.substring(start.length()) : null;
  }

  /** The quarantine file of shard {@code shard}: lines of {@link QuarantineLine}. */
  public static String quarantine(int shard) {
    return String.format(Locale.ROOT, "%s/part-%05d.jsonl", QUARANTINE_FOLDER, shard);
  }

  /**
   * A path below a folder.
   *
   * @param folder empty for the data set's own
   */
  public static String below(String folder, String path) {
    return folder.isEmpty() ? path : folder + "/" + path;
  }
}
