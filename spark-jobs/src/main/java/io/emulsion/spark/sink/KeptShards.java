package io.emulsion.spark.sink;

import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.DataSetPaths;
import io.emulsion.shard.DoneShard;
import io.emulsion.shard.DoneShardParser;
import io.emulsion.shard.FragmentEntry;
import io.emulsion.shard.RecordFolders;
import io.emulsion.shard.Sha256;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import io.emulsion.spark.store.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished shards of all runs with one fingerprint, until one of them publishes: in a folder
 * that only these share, the files in a folder of each attempt, and for each shard, written last, a
 * done file that names them.
 *
 * @param fingerprint of the runs
 */
public record KeptShards(String fingerprint) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(KeptShards.class);

  /** Whether a folder of that name among the temporary ones is one of kept shards. */
  static boolean isOne(String name) {
    return name.matches("[0-9a-f]{" + Sha256.HEX_DIGITS + "}");
  }

  /** Relative to the output. */
  public String folder() {
    return DataSetPaths.TEMPORARY_FOLDER + "/" + fingerprint;
  }

  /**
   * Where one attempt of a task writes, relative to the output.
   *
   * @param taskId Spark's, unique for each attempt of a run
   */
  String attempt(RunFolder run, int partition, long taskId) {
    return folder() + "/" + run.token() + "/task-" + partition + "-" + taskId;
  }

  private String doneFolder() {
    return folder() + "/done";
  }

  private String done(int pass, int shard) {
    return String.format(Locale.ROOT, "%s/pass-%03d/%05d.json", doneFolder(), pass, shard);
  }

  /** Says that a shard is done. Another attempt of its task may have said so before. */
  void add(Store output, DoneShard shard) throws IOException {
    output.write(done(shard.pass(), shard.shard()), DoneShardParser.toJson(shard));
  }

  /** How many shards are done; none of their files was looked at. */
  public long count(Store output) throws IOException {
    long count = 0;
    for (StoredFile pass : output.list(doneFolder())) {
      count += output.list(doneFolder() + "/" + pass.name()).size();
    }
    return count;
  }

  /** The final names of all files that the done shards may have; none of them was looked at. */
  Set<String> names(Store output, WriteJob job) throws IOException {
    Set<String> names = new HashSet<>();
    for (StoredFile passFolder : output.list(doneFolder())) {
      String pass = passFolder.name();
      for (StoredFile done : output.list(doneFolder() + "/" + pass)) {
        int shard = Integer.parseInt(done.name().replace(".json", ""));
        addNames(Integer.parseInt(pass.replace("pass-", "")), shard, job, names);
      }
    }
    return names;
  }

  private static void addNames(int pass, int shard, WriteJob job, Set<String> names) {
    for (int view = job.pairing().firstView(pass); view < job.pairing().endView(pass); view++) {
      for (ShardNames ofFormat : job.names()) {
        String path = ofFormat.path(view, shard);
        names.add(path);
        names.addAll(RecordFolders.beside(path));
      }
    }
    names.add(DataSetPaths.quarantine(shard));
  }

  /**
   * A shard that need not be made: its done file is whole, its inputs are the same files, unchanged
   * since, and each byte of its files was read and is as it was written. Null if there is no such.
   *
   * @param inputs that it has
   * @param listed their digest, as {@link DoneShard} has it
   */
  public @Nullable DoneShard find(Store output, int pass, int shard, long inputs, String listed) {
    String path = done(pass, shard);
    try {
      DoneShard done = DoneShardParser.fromJson(output.read(path), path);
      return done.pass() == pass
              && done.shard() == shard
              && done.inputs() == inputs
              && done.listed().equals(listed)
          ? whole(done, new KeptFiles(output))
          : null;
    } catch (FileNotFoundException e) {
      return null;
    } catch (DamagedShardException e) {
      LOG.info("Shard {} of pass {} is made again: {}", shard, pass, e.getMessage());
      return null;
    } catch (IOException e) {
      LOG.warn("Shard {} of pass {} is made again, for it cannot be read", shard, pass, e);
      return null;
    }
  }

  private static @Nullable DoneShard whole(DoneShard done, KeptFiles files) throws IOException {
    List<FragmentEntry> found = new ArrayList<>();
    for (FragmentEntry file : done.files()) {
      FragmentEntry whole = files.find(file);
      if (whole == null) {
        LOG.info("Shard {} of pass {} is made again: {}", done.shard(), done.pass(), file.file());
        return null;
      }
      found.add(whole);
    }
    return done.at(found);
  }
}
