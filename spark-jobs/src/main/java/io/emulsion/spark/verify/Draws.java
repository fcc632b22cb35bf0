package io.emulsion.spark.verify;

import io.emulsion.config.EmulsionConfig;
import io.emulsion.label.ClassIndex;
import io.emulsion.label.LabelMerger;
import io.emulsion.lambda.Lambda;
import io.emulsion.lambda.LambdaDraws;
import io.emulsion.pairing.Blocks;
import io.emulsion.pairing.Pair;
import io.emulsion.pairing.PairingOptions;
import io.emulsion.pairing.Pairs;
import io.emulsion.pairing.ShardLayout;
import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.ImageReference;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.sample.Task;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws a shard's pairs and lambdas again from nothing but the options and the ids, and compares
 * the records with them. Immutable.
 */
final class Draws implements Serializable {
  private static final long serialVersionUID = 1;

  private final EmulsionConfig config;
  private final ClassIndex classes;
  private final ShardLayout layout;
  private final String[] badIds;

  /**
   * @param config that made the data set; its paths do not matter
   * @param badIds all quarantined inputs: they count when blocks and batches are cut
   */
  Draws(EmulsionConfig config, ClassIndex classes, ShardLayout layout, List<String> badIds) {
    this.config = config;
    this.classes = classes;
    this.layout = layout;
    this.badIds = badIds.toArray(new String[0]);
  }

  /** A record without its image. */
  record Drawn(
      Place place,
      ImageId first,
      ImageId partner,
      int labelA,
      int labelB,
      double lambda,
      List<Float> soft) {
    static Drawn of(MixedSample sample) {
      return new Drawn(
          sample.place(),
          sample.first(),
          sample.partner(),
          sample.labelA(),
          sample.labelB(),
          sample.lambda(),
          list(sample.soft()));
    }
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private record Ranked(long rank, ImageReference reference) {}

  /**
   * What the first record that is not as drawn has wrong; null if all are.
   *
   * @param records of one shard of a view, in their order
   */
  @Nullable String damage(int view, int shard, List<Drawn> records) throws IOException {
    PairingOptions pairing = config.pairing();
    int pass = view / pairing.viewsPerPass();
    Set<ImageId> usable = new HashSet<>();
    List<Ranked> ranked = new ArrayList<>(records.size());
    for (Drawn record : records) {
      if (usable.add(record.first())) {
        ranked.add(rank(pass, reference(record.first())));
      }
    }
    for (String id : badIds) {
      Ranked bad = rank(pass, reference(new ImageId(id)));
      if (layout.shardOf(bad.rank()) == shard) {
        ranked.add(bad);
      }
    }
    ranked.sort(
        Comparator.comparing(Ranked::rank, Long::compareUnsigned)
            .thenComparing(r -> r.reference().id()));
    List<ImageReference> ofShard = ranked.stream().map(Ranked::reference).toList();
    LambdaDraws lambdas = new LambdaDraws(pairing.seed(), config.lambda());
    LabelMerger labels = LabelMerger.of(config.label(), classes.size());
    int position = 0;
    for (List<ImageReference> block : Blocks.of(ofShard, pairing.blockSamples())) {
      Pairs pairs =
          Pairs.of(pairing, config.partners(), view, block, sample -> usable.contains(sample.id()));
      for (Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
        Lambda lambda =
            pair.drawnBy() == null ? Lambda.UNMIXED : lambdas.lambda(view, pair.drawnBy());
        Drawn expected =
            new Drawn(
                new Place(view, shard, position),
                pair.first().id(),
                pair.partner().id(),
                pair.first().label(),
                pair.partner().label(),
                lambda.value(),
                soft(labels, pair, lambda));
        if (position >= records.size()) {
          return "record " + expected.place().key() + " is missing";
        }
        String damage = difference(records.get(position), expected);
        if (damage != null) {
          return damage;
        }
        position++;
      }
    }
    return position == records.size()
        ? null
        : "record " + records.get(position).place().key() + " is one too many";
  }

  /** None where a class is not known: the difference is told by the labels then. */
  private static List<Float> soft(LabelMerger labels, Pair pair, Lambda lambda) {
    int labelA = pair.first().label();
    int labelB = pair.partner().label();
    return labelA < 0 || labelB < 0 ? List.of() : list(labels.soft(labelA, labelB, lambda.value()));
  }

  private static @Nullable String difference(Drawn record, Drawn expected) {
    if (record.equals(expected)) {
      return null;
    }
    if (describe(record).equals(describe(expected))) {
      return "record " + expected.place().key() + " has another soft label than its labels make";
    }
    return String.format(
        "record %s is %s, but the options draw %s",
        expected.place().key(), describe(record), describe(expected));
  }

  private static String describe(Drawn drawn) {
    return String.format(
        "%s: '%s' (class %d) with '%s' (class %d) at lambda %s",
        drawn.place().key(),
        drawn.first(),
        drawn.labelA(),
        drawn.partner(),
        drawn.labelB(),
        drawn.lambda());
  }

  private Ranked rank(int pass, ImageReference reference) {
    long seed = config.pairing().seed();
    return new Ranked(ImageKey.of(seed, Purpose.RANK, pass, reference.id()).first(), reference);
  }

  /**
   * The class is the first folder of the id; -1 where that is none of the data set's. In detection
   * images have none.
   */
  private ImageReference reference(ImageId id) {
    if (config.task() == Task.DETECTION) {
      return new ImageReference(id, 0, 0, 0, 0);
    }
    String value = id.value();
    String folder = value.substring(0, Math.max(0, value.indexOf('/')));
    int label = classes.contains(folder) ? classes.indexOf(folder) : -1;
    return new ImageReference(id, 0, 0, 0, label);
  }
}
