package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.FolderFormat;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ManifestReader;
import io.emulsion.shard.PublishRecord;
import io.emulsion.shard.PublishRecordParser;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.ShardFormat;
import io.emulsion.shard.ShardFormats;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in an output folder before a run publishes: ours, or foreign. */
public final class ExistingFiles {
  private final Store output;

  public ExistingFiles(Store output) {
    this.output = output;
  }

  /**
   * The data set that is there, its manifest checked to the end; null if there is none.
   *
   * @throws io.emulsion.shard.DamagedShardException if the manifest is damaged
   */
  public @Nullable ManifestHeader dataSet() throws IOException {
    if (!output.exists(DataSetPaths.MANIFEST)) {
      return null;
    }
    try (InputStream in = new BufferedInputStream(output.open(DataSetPaths.MANIFEST))) {
      ManifestReader manifest = new ManifestReader(in);
      manifest.finish();
      return manifest.header();
    }
  }

  /** What a run that did not finish left of its publishing; null if there is none. */
  public @Nullable PublishRecord publishing() throws IOException {
    return output.exists(DataSetPaths.PUBLISHING)
        ? PublishRecordParser.fromJson(output.read(DataSetPaths.PUBLISHING))
        : null;
  }

  /** The names that {@code dataSet} uses. */
  public static List<ShardNames> namesOf(ManifestHeader dataSet) {
    return ShardNames.of(dataSet.formats(), dataSet.split(), dataSet.views(), dataSet.shards());
  }

  /**
   * The first file of the manifest that is missing or has another length, or the first folder of
   * records' files with another count of them; null if all are there.
   */
  public @Nullable String firstMissing() throws IOException {
    return firstMissing(Set.of());
  }

  /**
   * The same but for some files.
   *
   * @param but their paths
   */
  public @Nullable String firstMissing(Set<String> but) throws IOException {
    try (InputStream in = new BufferedInputStream(output.open(DataSetPaths.MANIFEST))) {
      ManifestReader manifest = new ManifestReader(in);
      for (ShardInfo f = manifest.nextFile(); f != null; f = manifest.nextFile()) {
        if (!but.contains(f.path()) && isMissing(f)) {
          return f.path();
        }
        for (String folder : RecordFolders.beside(f.path())) {
          if (output.list(folder).size() != f.records()) {
            return folder;
          }
        }
      }
      for (ShardInfo f = manifest.nextQuarantineFile();
          f != null;
          f = manifest.nextQuarantineFile()) {
        if (isMissing(f)) {
          return f.path();
        }
      }
      return null;
    }
  }

  private boolean isMissing(ShardInfo file) throws IOException {
    return !output.exists(file.path())
        || output.status(file.path()).sizeBytes() != file.sizeBytes();
  }

  /**
   * Checks that no loader would take a stranger's file for one of the data set's.
   *
   * @param ours the names that this or an earlier run of ours may have used
   * @throws EmulsionException (output conflict) for the first file that is not ours
   */
  public void checkNoneForeign(List<ShardNames> ours) throws IOException {
    for (String path : parts(formats(ours))) {
      if (ours.stream().noneMatch(names -> names.covers(path))) {
        throw foreign(path);
      }
      checkFolder(path);
    }
  }

  /** A folder of records' files is deleted as a whole, so it may hold nothing else. */
  private void checkFolder(String path) throws IOException {
    if (!RecordFolders.isOne(path)) {
      return;
    }
    if (!output.status(path).isFolder()) {
      throw foreign(path);
    }
    for (StoredFile file : output.list(path)) {
      String name = file.name();
      if (file.isFolder() || !RecordFolders.mayHold(path, name)) {
        throw foreign(path + "/" + name);
      }
    }
  }

  /**
   * The same where no run of ours has published: whatever has one of our names is a stranger's.
   *
   * @throws EmulsionException (output conflict) for the first such file
   */
  public void checkNone(List<ShardNames> ours) throws IOException {
    checkNoSideFiles();
    for (String path : parts(formats(ours))) {
      throw foreign(path);
    }
  }

  /**
   * Checks that none of the files is there that a run writes when all tasks have ended.
   *
   * @throws EmulsionException (output conflict) for the first such file
   */
  void checkNoSideFiles() throws IOException {
    for (String path : List.of(DataSetPaths.LABELS, DataSetPaths.README)) {
      if (output.exists(path)) {
        throw foreign(path);
      }
    }
  }

  private EmulsionException foreign(String path) {
    return EmulsionException.of(
        ExitCode.OUTPUT_CONFLICT,
        "%s is not of a data set of Emulsion and would be taken for a part of one: move it away, or"
            + " choose another --output",
        output.path(path));
  }

  /**
   * Deletes the manifest first, then all files with one of {@code names}, and what goes along. What
   * has another name stays.
   *
   * @param but paths that stay too
   */
  void delete(List<ShardNames> names, Set<String> but) throws IOException {
    output.delete(DataSetPaths.MANIFEST);
    for (String path : parts(formats(names))) {
      if (!but.contains(path) && names.stream().anyMatch(n -> n.covers(path))) {
        output.delete(path);
      }
    }
    output.delete(DataSetPaths.LABELS);
    output.delete(DataSetPaths.README);
    output.delete(DataSetPaths.REPORT);
    for (StoredFile file : output.list(DataSetPaths.QUARANTINE_FOLDER)) {
      String path = DataSetPaths.QUARANTINE_FOLDER + "/" + file.name();
      if (!but.contains(path)) {
        output.delete(path);
      }
    }
    if (output.list(DataSetPaths.QUARANTINE_FOLDER).isEmpty()) {
      output.delete(DataSetPaths.QUARANTINE_FOLDER);
    }
  }

  /**
   * Deletes all files with one of {@code names}; the data set stays as it is.
   *
   * @param dataSet its names
   * @param but paths that stay too
   */
  void deleteBeside(List<ShardNames> dataSet, List<ShardNames> names, Set<String> but)
      throws IOException {
    for (String path : parts(formats(names))) {
      if (!but.contains(path)
          && dataSet.stream().noneMatch(n -> n.covers(path))
          && names.stream().anyMatch(n -> n.covers(path))) {
        output.delete(path);
      }
    }
  }

  private static Set<String> formats(List<ShardNames> names) {
    Set<String> formats = new LinkedHashSet<>();
    names.forEach(n -> formats.add(n.format()));
    return formats;
  }

  /**
   * What loaders would take for parts of a data set in one of {@code formats}: files with the
   * extension of a shard in folders where shards lie, folders of records' files, and listings.
   */
  public List<String> parts(Iterable<String> formats) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String name : formats) {
      ShardFormat format = ShardFormats.named(name);
      for (StoredFile view : output.list(name)) {
        String folder = name + "/" + view.name();
        if (view.isFolder()) {
          addShards(folder, format, paths);
        }
      }
      if (format instanceof FolderFormat folders) {
        addExisting(name, folders.setFiles(), paths);
      }
    }
    return paths;
  }

  private void addShards(String view, ShardFormat format, List<String> paths) throws IOException {
    String suffix = "." + format.extension();
    for (StoredFile file : output.list(view)) {
      String name = file.name();
      if (name.endsWith(suffix)) {
        paths.add(view + "/" + name);
      }
    }
    if (format instanceof FolderFormat folders) {
      for (String folder : folders.folders()) {
        for (StoredFile file : output.list(view + "/" + folder)) {
          String name = file.name();
          if (file.isFolder() || !folders.isPassedOver(name)) {
            paths.add(view + "/" + folder + "/" + name);
          }
        }
      }
      addExisting(view, folders.viewFiles(), paths);
    }
  }

  private void addExisting(String folder, List<String> names, List<String> paths)
      throws IOException {
    for (String name : names) {
      if (output.exists(folder + "/" + name)) {
        paths.add(folder + "/" + name);
      }
    }
  }
}
