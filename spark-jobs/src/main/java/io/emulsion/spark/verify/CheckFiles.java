package io.emulsion.spark.verify;

import io.emulsion.shard.ShardInfo;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Checks some files of a data set, in a task; gives a sentence for each damage. */
final class CheckFiles implements FlatMapFunction<Iterator<ShardInfo>, String> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String dataSet;
  private final Expected expected;
  private final LongAccumulator recordFileBytes;

  /**
   * @param recordFileBytes gets the size of all records' files; for people, since a task that is
   *     tried again counts twice
   */
  CheckFiles(
      Broadcast<SerializableConfiguration> hadoop,
      String dataSet,
      Expected expected,
      LongAccumulator recordFileBytes) {
    this.hadoop = hadoop;
    this.dataSet = dataSet;
    this.expected = expected;
    this.recordFileBytes = recordFileBytes;
  }

  @Override
  public Iterator<String> call(Iterator<ShardInfo> files) throws IOException {
    Store store = Store.of(dataSet, hadoop.value().value());
    FileCheck check = new FileCheck(store, expected);
    List<String> damages = new ArrayList<>();
    while (files.hasNext()) {
      damages.addAll(check.damages(files.next()));
    }
    recordFileBytes.add(check.recordFileBytes());
    return damages.iterator();
  }
}
