package io.emulsion.spark.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.emulsion.label.LabelsFile;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the driver has settled before it writes. It lies as a file in the run's private folder, so
 * that the options of the sink stay short.
 *
 * @param version of Emulsion
 * @param fingerprint of version, options, seed and input
 * @param options those that decide bytes, key to canonical text
 * @param inputs in the snapshot
 * @param names of the files, a format each
 * @param publishing how files come under their final names
 * @param ignored what the listing passed over, counted by reason
 * @param replaces what an earlier data set or a run that died may have left under final names
 * @param present views to which this adds the others
 * @param startedMillis when the job began to list its input
 */
public record WriteJob(
    String version,
    String fingerprint,
    Map<String, String> options,
    long inputs,
    List<ShardNames> names,
    Publishing publishing,
    PairingOptions pairing,
    ShardContext context,
    BadInputLimit limit,
    Map<String, Long> ignored,
    List<ShardNames> replaces,
    PresentViews present,
    long startedMillis)
    implements Serializable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** In each view. */
  int shards() {
    return names.get(0).shards();
  }

  /** Views that are to be made. */
  public int newViews() {
    return pairing.views() - present.views();
  }

  String split() {
    return names.get(0).split();
  }

  List<String> formats() {
    return names.stream().map(ShardNames::format).toList();
  }

  /** The content of {@code labels.txt}. */
  byte[] labelsFile() {
    return LabelsFile.of(context.classes());
  }

  /** Leaves this in the run's folder, for {@link #read}. */
  public void write(Store output, RunFolder run) throws IOException {
    output.write(run.job(), JSON.writeValueAsBytes(this));
  }

  static WriteJob read(Store output, RunFolder run) throws IOException {
    return JSON.readValue(output.read(run.job()), WriteJob.class);
  }
}
