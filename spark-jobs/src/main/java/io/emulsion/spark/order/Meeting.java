package io.emulsion.spark.order;

import java.util.Comparator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Brings together what has the same key. */
public final class Meeting {
  private Meeting() {}

  /** One shuffle: all of one key are in one partition, one behind the other, in their order. */
  public static JavaRDD<Keyed> byKey(JavaRDD<Keyed> things, int partitions) {
    return things
        .mapToPair(thing -> new Tuple2<Keyed, @Nullable Void>(thing, null))
        .repartitionAndSortWithinPartitions(
            new HashPartitioner(partitions), Comparator.naturalOrder())
        .map(Tuple2::_1);
  }
}
