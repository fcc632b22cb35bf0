package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.LambdaCheck;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.SoftLabelCheck;
import java.util.Optional;

/** Whether a sample that somebody else made can stand in a data set. */
final class SampleCheck {
  private final int views;
  private final int shards;
  private final ShardContext context;

  SampleCheck(int views, int shards, ShardContext context) {
    this.views = views;
    this.shards = shards;
    this.context = context;
  }

  /**
   * @throws EmulsionException (usage) naming the sample and the column that is wrong
   */
  void check(MixedSample sample) {
    below(sample, "view", sample.place().view(), views);
    below(sample, "shard", sample.place().shard(), shards);
    below(sample, "label_a", sample.labelA(), context.classes().size());
    below(sample, "label_b", sample.labelB(), context.classes().size());
    refuse(sample, "lambda", LambdaCheck.complaint(sample.lambda()));
    if (context.soft()) {
      refuse(sample, "soft", softComplaint(sample.soft()));
    }
    refuse(sample, "image", imageComplaint(sample));
  }

  private static void below(MixedSample sample, String column, int value, int end) {
    if (value >= end) {
      refuse(sample, column, Optional.of("is " + value + ", not from 0 to " + (end - 1)));
    }
  }

  private Optional<String> softComplaint(float[] soft) {
    int classes = context.classes().size();
    return soft.length == classes
        ? SoftLabelCheck.complaint(soft)
        : Optional.of("has " + soft.length + " shares, but there are " + classes + " classes");
  }

  private Optional<String> imageComplaint(MixedSample sample) {
    byte[] image = sample.image();
    long pixels = (long) sample.height() * sample.width();
    boolean fits =
        switch (context.imageFormat()) {
          case "jpeg" -> begins(image, 0xff, 0xd8);
          case "png" -> begins(image, 0x89, 'P', 'N', 'G');
          case "raw" -> image.length == pixels * 3;
          default -> image.length == pixels * 3 * Float.BYTES;
        };
    return fits
        ? Optional.empty()
        : Optional.of("is no " + context.imageFormat() + ": set option output.encoding");
  }

  private static boolean begins(byte[] image, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i == image.length || (image[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static void refuse(MixedSample sample, String column, Optional<String> complaint) {
    complaint.ifPresent(
        wrong -> {
          throw EmulsionException.usage(
              "Column '%s' of sample %s %s", column, sample.place().key(), wrong);
        });
  }
}
