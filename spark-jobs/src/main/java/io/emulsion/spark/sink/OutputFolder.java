package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.PublishRecord;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output folder before and after a job: outside the input, and without leftovers. */
public final class OutputFolder {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  private final Store output;
  private final Configuration configuration;

  /** Folders that a job makes though it may end without a data set, the inner ones first. */
  private final List<Store> madeByJob = new ArrayList<>();

  public OutputFolder(Store output, Configuration configuration) {
    this.output = output;
    this.configuration = configuration;
  }

  /**
   * @throws EmulsionException (usage) if the output is a file
   */
  public void checkNoFile() throws IOException {
    if (output.exists("") && !output.status("").isFolder()) {
      throw EmulsionException.usage(
          "The output %s is a file: --output takes a folder", output.folder());
    }
  }

  /**
   * @throws EmulsionException (usage) if the output is one of the input paths or lies in one: the
   *     next run would list this one's files
   */
  public void checkOutside(List<String> inputs) throws IOException {
    String out = realPath(output);
    for (String path : inputs) {
      String input = realPath(Store.of(path, configuration));
      if (out.equals(input) || out.startsWith(input + "/")) {
        throw EmulsionException.usage(
            "The output %s lies in the input %s, and would be read by the next run: choose an"
                + " output beside it",
            output.display(), input);
      }
    }
  }

  /** With links resolved on the local file system, as far as the path exists. */
  private static String realPath(Store store) throws IOException {
    if (!"file".equals(store.folder().toUri().getScheme())) {
      return store.folder().toString();
    }
    Path path = Path.of(store.folder().toUri().getPath()).toAbsolutePath().normalize();
    Path existing = path;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return path.toString();
    }
    return existing.toRealPath().resolve(existing.relativize(path)).toString();
  }

  /** Notes which folders are not there yet. */
  public void prepare() throws IOException {
    org.apache.hadoop.fs.Path folder = output.path(DataSetPaths.PRIVATE_FOLDER);
    while (folder != null) {
      Store store = Store.of(folder.toString(), configuration);
      if (store.exists("")) {
        return;
      }
      madeByJob.add(store);
      folder = folder.getParent();
    }
  }

  /** Removes what dead runs left but for finished shards; the caller has claimed the output. */
  public void sweepDead() throws IOException {
    sweepTemporary(name -> !KeptShards.isOne(name));
  }

  /** Removes the finished shards of all other runs than {@code ours}. */
  public void sweepKeptOfOthers(KeptShards ours) throws IOException {
    sweepTemporary(name -> KeptShards.isOne(name) && !name.equals(ours.fingerprint()));
  }

  private void sweepTemporary(Predicate<String> names) throws IOException {
    for (StoredFile file : output.list(DataSetPaths.TEMPORARY_FOLDER)) {
      String name = file.name();
      if (names.test(name)) {
        output.delete(DataSetPaths.TEMPORARY_FOLDER + "/" + name);
      }
    }
  }

  /**
   * Removes all that is not the data set's, which is published; the caller has claimed the output
   * still. A failure leaves more files behind but changes nothing about the data set, so it is
   * logged; the next run sweeps again.
   */
  public void sweepPublished() {
    try {
      output.delete(DataSetPaths.TEMPORARY_FOLDER);
      output.delete(DataSetPaths.PUBLISHING);
    } catch (IOException e) {
      LOG.warn("Cannot remove temporary files below {}", output.folder(), e);
    }
  }

  /**
   * Removes what runs left that made the data set which is there. What others left that want to add
   * views to it stays.
   *
   * @param ours of the data set's fingerprint
   */
  public void sweepComplete(KeptShards ours, @Nullable PublishRecord publishing) {
    try {
      output.delete(ours.folder());
      if (publishing != null && publishing.fingerprint().equals(ours.fingerprint())) {
        output.delete(DataSetPaths.PUBLISHING);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove temporary files below {}", output.folder(), e);
    }
  }

  /** Removes what {@code run} alone wrote; finished shards stay. */
  public void sweep(RunFolder run) {
    try {
      output.delete(run.path());
      if (output.list(DataSetPaths.TEMPORARY_FOLDER).isEmpty()) {
        output.delete(DataSetPaths.TEMPORARY_FOLDER);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove temporary files below {}", output.folder(), e);
    }
  }

  /**
   * The finished shards that a failed run leaves to the next.
   *
   * @return how many; if there are none, nothing stays of them
   */
  public long keep(KeptShards kept) {
    try {
      long count = kept.count(output);
      if (count == 0) {
        output.delete(kept.folder());
      }
      return count;
    } catch (IOException e) {
      LOG.warn("Cannot list {}", output.path(kept.folder()), e);
      return 0;
    }
  }

  /** Removes the folders that were made for nothing, when the claim has been given up. */
  public void removeEmpty() {
    try {
      for (Store folder : madeByJob) {
        if (folder.exists("") && folder.list("").isEmpty()) {
          folder.delete("");
        }
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove empty folders of {}", output.folder(), e);
    }
  }
}
