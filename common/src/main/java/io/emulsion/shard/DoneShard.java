package io.emulsion.shard;

import io.emulsion.random.IdDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a shard of a pass when all its files are closed: enough for another run of the
 * same fingerprint to publish it without making it again. Immutable.
 *
 * @param pass whose views it has
 * @param inputs in it, bad ones included
 * @param listed order-free digest of the inputs as they were listed, with their times of change: 32
 *     hexadecimal digits
 * @param bad inputs that could not be used
 * @param badDigest order-free, of these
 * @param records in all its views, in one format
 * @param sizeBytes of all its files
 * @param nanos that it took to make, by stage
 * @param files in the order of the manifest
 */
public record DoneShard(
    int pass,
    int shard,
    long inputs,
    String listed,
    long bad,
    IdDigest badDigest,
    long records,
    long sizeBytes,
    SortedMap<String, Long> nanos,
    List<FragmentEntry> files) {
  public DoneShard {
    nanos = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Long>) nanos));
    files = List.copyOf(files);
  }

  /** The same with its files elsewhere. */
  public DoneShard at(List<FragmentEntry> found) {
    return new DoneShard(
        pass, shard, inputs, listed, bad, badDigest, records, sizeBytes, nanos, found);
  }
}
