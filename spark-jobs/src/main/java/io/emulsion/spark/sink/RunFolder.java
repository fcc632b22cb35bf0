package io.emulsion.spark.sink;

import io.emulsion.shard.DataSetPaths;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The private folder of one run below its output: all that it writes lies there until it is
 * published.
 *
 * @param output the data set's folder, a Hadoop path
 * @param token names the run; no other run has it
 */
public record RunFolder(String output, String token) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String OUTPUT = "path";
  private static final String TOKEN = "run";

  /** What {@link #options} tell; null where they are those of a data frame of somebody else. */
  static @Nullable RunFolder of(Map<String, String> options) {
    String output = options.get(OUTPUT);
    String token = options.get(TOKEN);
    return output == null || token == null ? null : new RunFolder(output, token);
  }

  /** What the sink is told: with {@link WriteJob#write} it finds the rest. */
  public Map<String, String> options() {
    return Map.of(OUTPUT, output, TOKEN, token);
  }

  /** What this run has made so far, in this driver. */
  public WriteProgress progress() {
    return WriteProgress.of(this);
  }

  /** Relative to the output. */
  public String path() {
    return DataSetPaths.TEMPORARY_FOLDER + "/" + token;
  }

  /** Where the snapshot's references lie, relative to the output. */
  public String snapshot() {
    return path() + "/snapshot";
  }

  /** What the driver has settled, relative to the output. */
  String job() {
    return path() + "/job.json";
  }

  /**
   * Where one attempt of a task writes, relative to the output.
   *
   * @param taskId Spark's, unique for each attempt
   */
  String attempt(int partition, long taskId) {
    return path() + "/task-" + partition + "-" + taskId;
  }
}
