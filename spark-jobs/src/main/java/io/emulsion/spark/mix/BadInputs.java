package io.emulsion.spark.mix;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.mix.BadInput;
import io.emulsion.random.IdDigest;
import io.emulsion.random.ImageKey;
import io.emulsion.spark.sink.BadInputLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The bad inputs of a task: those of the shard at hand, and how many in all. Not thread-safe. */
final class BadInputs implements Consumer<BadInput> {
  private final BadInputLimit limit;
  private final List<BadInput> ofShard = new ArrayList<>();
  private long ofTask;

  BadInputs(BadInputLimit limit) {
    this.limit = limit;
  }

  /**
   * @throws EmulsionException (bad inputs) if it is one too many
   */
  @Override
  public void accept(BadInput bad) {
    if (limit.failAtOnce()) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          "Cannot use '%s' (%d bytes): %s. Set input.on-bad to quarantine to list and leave out"
              + " such images",
          bad.reference().id(),
          bad.reference().sizeBytes(),
          bad.message());
    }
    ofShard.add(bad);
    ofTask++;
    limit.check(ofTask);
  }

  void startShard() {
    ofShard.clear();
  }

  /** Those of the shard at hand, by id. */
  List<BadInput> ofShard() {
    return ofShard.stream().sorted(Comparator.comparing(bad -> bad.reference().id())).toList();
  }

  IdDigest digest() {
    IdDigest digest = new IdDigest();
    ofShard.forEach(bad -> digest.add(ImageKey.ofBadInput(bad.reference().id())));
    return digest;
  }
}
