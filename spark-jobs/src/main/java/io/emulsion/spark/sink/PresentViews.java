package io.emulsion.spark.sink;

import io.emulsion.pairing.PairingOptions;
import io.emulsion.shard.ManifestHeader;
import io.emulsion.shard.ShardNames;
import java.io.Serializable;
import java.util.List;

/**
 * The views of a data set to which others are added; none where a whole one is made. They are whole
 * passes, so nothing of them changes.
 *
 * @param views how many there are
 * @param fingerprint of the data set; empty where there is none
 */
public record PresentViews(int views, String fingerprint) implements Serializable {
  private static final long serialVersionUID = 1;

  public static final PresentViews NONE = new PresentViews(0, "");

  /** All of {@code dataSet}. */
  public static PresentViews of(ManifestHeader dataSet) {
    return new PresentViews(dataSet.views(), dataSet.fingerprint());
  }

  /** The first pass that is to be made. */
  public int firstPass(PairingOptions pairing) {
    return views / pairing.viewsPerPass();
  }

  /** Those of {@code all} that are there. */
  List<ShardNames> names(List<ShardNames> all) {
    return views == 0
        ? List.of()
        : all.stream()
            .map(n -> new ShardNames(n.format(), n.extension(), n.split(), views, n.shards()))
            .toList();
  }
}
