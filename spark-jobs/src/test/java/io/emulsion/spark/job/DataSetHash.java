package io.emulsion.spark.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One hash over the files of a data set: names and bytes of all but report.json, which has times.
 */
final class DataSetHash {
  private static final String REPORT = "_emulsion/report.json";

  private DataSetHash() {}

  /** Over everything in the folder, so that a file too many is found as well. */
  static String of(Path dataSet) throws IOException {
    return of(dataSet, name -> !name.equals(REPORT));
  }

  /** Over the shards alone: neither options nor version. */
  static String ofShards(Path dataSet) throws IOException {
    return of(dataSet, name -> name.contains("/view-"));
  }

  /** Over the files whose names below {@code dataSet}, {@code /}-joined, are wanted. */
  static String of(Path dataSet, Predicate<String> wanted) throws IOException {
    MessageDigest all = sha256();
    for (var file : files(dataSet, wanted).entrySet()) {
      all.update((file.getKey() + '\0' + file.getValue() + '\n').getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(all.digest());
  }

  /** The SHA-256 of each file whose name below {@code dataSet}, {@code /}-joined, is wanted. */
  static SortedMap<String, String> files(Path dataSet, Predicate<String> wanted)
      throws IOException {
    List<Path> found;
    try (Stream<Path> paths = Files.walk(dataSet)) {
      found = paths.filter(Files::isRegularFile).toList();
    }
    SortedMap<String, String> files = new TreeMap<>();
    for (Path file : found) {
      String name = dataSet.relativize(file).toString();
      if (wanted.test(name)) {
        files.put(name, HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file))));
      }
    }
    return files;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
