package io.emulsion.spark.verify;

import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInfo;
import io.emulsion.shard.ShardNames;
import io.emulsion.spark.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Checks some files of a data set, in a task; gives a sentence for each damage. */
final class CheckFiles implements FlatMapFunction<Iterator<ShardInfo>, String> {
  private static final long serialVersionUID = 1;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String dataSet;
  private final ShardContext context;
  private final ShardNames[] names;
  private final @Nullable Draws draws;

  CheckFiles(
      Broadcast<SerializableConfiguration> hadoop,
      String dataSet,
      ShardContext context,
      List<ShardNames> names,
      @Nullable Draws draws) {
    this.hadoop = hadoop;
    this.dataSet = dataSet;
    this.context = context;
    this.names = names.toArray(new ShardNames[0]);
    this.draws = draws;
  }

  @Override
  public Iterator<String> call(Iterator<ShardInfo> files) throws IOException {
    Store store = Store.of(dataSet, hadoop.value().value());
    FileCheck check = new FileCheck(store, context, List.of(names), draws);
    List<String> damages = new ArrayList<>();
    while (files.hasNext()) {
      damages.addAll(check.damages(files.next()));
    }
    return damages.iterator();
  }
}
