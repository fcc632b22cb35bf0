package io.emulsion.shard;

import java.util.Locale;

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

  private DataSetPaths() {}

  /** The quarantine file of shard {@code shard}: lines of {@link QuarantineLine}. */
  public static String quarantine(int shard) {
    return String.format(Locale.ROOT, "%s/part-%05d.jsonl", QUARANTINE_FOLDER, shard);
  }
}
