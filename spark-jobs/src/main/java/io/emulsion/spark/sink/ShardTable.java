package io.emulsion.spark.sink;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;

/** A data set as a table to append to, once. */
final class ShardTable implements SupportsWrite {
  @Override
  public String name() {
    return ShardTableProvider.NAME;
  }

  @Override
  @SuppressWarnings("deprecation") // the successor, columns(), is not in Spark 3.5's form
  public StructType schema() {
    return SampleRows.TYPE;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_WRITE, TableCapability.ACCEPT_ANY_SCHEMA);
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    return new ShardWriteBuilder(info.options(), info.schema());
  }
}
