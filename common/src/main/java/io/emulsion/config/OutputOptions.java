package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is written, and where.
 *
 * @param path the data set's folder
 * @param formats names of shard formats, at least one; sorted, for their order decides nothing
 * @param split what the shards' names start with
 * @param overwrite whether another run's data set is replaced
 * @param append whether views are added to a data set that has fewer
 * @param publish how files come under their final names
 * @param shardSamples wanted mean size of a shard, from 32; 0 chooses one
 */
public record OutputOptions(
    String path,
    List<String> formats,
    String split,
    boolean overwrite,
    boolean append,
    Publish publish,
    int shardSamples)
    implements Serializable {
  /** How files come under their final names. */
  public enum Publish {
    /** As the file system does it best. */
    AUTO,
    /** Tasks write private names, and the driver renames. */
    RENAME,
    /** Tasks write the final names. */
    DIRECT
  }

  static final int LEAST_SHARD_SAMPLES = 32;
  private static final Pattern SPLIT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

  public OutputOptions {
    option(!path.isBlank(), "output.path must not be empty");
    option(
        !Credentials.in(path),
        "output.path holds a user name or key before the '@': give credentials to Spark instead");
    formats = Collections.unmodifiableList(new ArrayList<>(formats.stream().sorted().toList()));
    option(!formats.isEmpty(), "output.format has an empty list: name at least one");
    option(
        new HashSet<>(formats).size() == formats.size(),
        "output.format names a format twice: %s",
        formats);
    option(
        SPLIT.matcher(split).matches(),
        "output.split must be 1 to 64 letters, digits, _ or -, without - in front, but is '%s'",
        Credentials.hidden(split));
    option(
        !overwrite || !append,
        "output.append and output.overwrite are both true: a data set is added to or replaced");
    option(
        shardSamples == 0 || shardSamples >= LEAST_SHARD_SAMPLES,
        "output.shard-samples must be auto or from %s, but is %s",
        LEAST_SHARD_SAMPLES,
        shardSamples);
  }
}
