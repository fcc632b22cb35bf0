package io.emulsion.spark.verify;

import io.emulsion.shard.DamagedShardException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which shard a path names: {@code tfrecord/view-002/train-00012-of-00313.tfrecord}. */
record ShardPlace(int view, int shard) {
  private static final Pattern PATH =
      Pattern.compile("[^/]+/view-(\\d{3,9})/[^/]+-(\\d{5,9})-of-\\d{5,9}\\.[^/]+");

  static ShardPlace of(String path) throws DamagedShardException {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new DamagedShardException("this is not how a shard is called");
    }
    return new ShardPlace(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
