package io.emulsion.shard;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a manifest says about the data set as a whole. Immutable.
 *
 * @param emulsion the version of Emulsion that made it
 * @param fingerprint of version, options and inputs: equal for runs that make equal bytes
 * @param options each one that decides bytes
 * @param inputs in the snapshot, those that could not be used included
 * @param quarantined inputs that could not be used
 * @param classes how many
 * @param views how many
 * @param shards in each view
 * @param formats in which the views were written
 * @param split what the shards' names start with
 */
public record ManifestHeader(
    String emulsion,
    String fingerprint,
    SortedMap<String, String> options,
    long inputs,
    long quarantined,
    int classes,
    int views,
    int shards,
    List<String> formats,
    String split) {
  public ManifestHeader {
    options = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) options));
    formats = List.copyOf(formats);
  }

  /**
   * The value of one option.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public String option(String key) {
    String value = options.get(key);
    if (value == null) {
      throw new IllegalArgumentException("The header lacks option " + key);
    }
    return value;
  }

  /** Whether its records hold boxes. */
  public boolean detection() {
    return "detection".equals(options.get("task"));
  }

  /** Samples in each view. */
  public long samples() {
    return inputs - quarantined;
  }
}
