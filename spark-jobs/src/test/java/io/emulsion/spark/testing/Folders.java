package io.emulsion.spark.testing;

import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.ManifestReader;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.ShardInfo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in a folder, for comparing before and after. */
public final class Folders {
  private Folders() {}

  /** One SHA-256 over the paths and bytes of all files that the promise is about. */
  public static String dataHash(Path dataSet) throws IOException {
    MessageDigest digest = sha256();
    for (String file : dataFiles(dataSet)) {
      digest.update((file + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(dataSet.resolve(file)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The manifest, all that it names, and all in the folders beside its shards. */
  public static List<String> dataFiles(Path dataSet) throws IOException {
    List<String> files = new ArrayList<>();
    files.add(DataSetPaths.MANIFEST);
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(dataSet.resolve(DataSetPaths.MANIFEST)))) {
      ManifestReader manifest = new ManifestReader(in);
      for (ShardInfo f = manifest.nextFile(); f != null; f = manifest.nextFile()) {
        files.add(f.path());
        for (String records : RecordFolders.beside(f.path())) {
          files.addAll(in(dataSet, records));
        }
      }
      for (ShardInfo f = manifest.nextQuarantineFile();
          f != null;
          f = manifest.nextQuarantineFile()) {
        files.add(f.path());
      }
      manifest.finish();
    }
    return files;
  }

  private static List<String> in(Path dataSet, String folder) throws IOException {
    if (!Files.exists(dataSet.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(dataSet.resolve(folder))) {
      return paths.map(path -> dataSet.relativize(path).toString()).sorted().toList();
    }
  }

  /**
   * All files and folders below {@code folder}: relative path to length, time of change and hash of
   * a file, or to the word folder or link.
   */
  public static SortedMap<String, String> tree(Path folder) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        tree.put(folder.relativize(path).toString(), describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return "folder";
    }
    if (Files.isSymbolicLink(path)) {
      return "link";
    }
    return Files.size(path)
        + " "
        + Files.getLastModifiedTime(path)
        + " "
        + HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(path)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
