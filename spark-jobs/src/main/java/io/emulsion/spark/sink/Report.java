package io.emulsion.spark.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.SortedMap;

/**
 * How a run went, for people and schedulers: {@code _emulsion/report.json}.
 *
 * @param emulsion the version
 * @param inputs in the snapshot
 * @param quarantined of them
 * @param ignored what the listing passed over, and boxes that it mended or left out, by reason
 * @param views that this run added, all where it made a whole data set
 * @param presentViews views that were there before and stay
 * @param records in the views that it added
 * @param files that it added, and the data set's own but for the manifest
 * @param bytes of the shards that it added
 * @param seconds from the first listing call to just before the manifest
 * @param imagesPerSecond records that this run made a second
 * @param keptShards shards of all passes that an earlier run had made, which did not end
 * @param stageSeconds summed over all tasks
 */
public record Report(
    String emulsion,
    String fingerprint,
    long inputs,
    long quarantined,
    SortedMap<String, Long> ignored,
    int views,
    int presentViews,
    long records,
    long files,
    long bytes,
    double seconds,
    double imagesPerSecond,
    long keptShards,
    SortedMap<String, Double> stageSeconds) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  String toJson() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@link #toJson} wrote. */
  public static Report fromJson(byte[] json) throws IOException {
    return JSON.readValue(json, Report.class);
  }
}
