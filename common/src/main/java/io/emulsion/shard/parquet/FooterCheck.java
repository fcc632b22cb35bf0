package io.emulsion.shard.parquet;

import io.emulsion.shard.DamagedShardException;
import java.util.OptionalInt;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Checks that a footer is one of ours before what it points to is read: a damaged length must not
 * take all memory.
 */
final class FooterCheck {
  private static final int MAGIC_BYTES = 4;

  private FooterCheck() {}

  /**
   * @throws DamagedShardException unless the schema and the features are ours, and the columns of
   *     the row groups stand one behind the other from the start of the file, each with the values
   *     of all rows
   */
  static void check(ParquetMetadata footer, long fileSize, SampleColumns columns)
      throws DamagedShardException {
    checkFile(footer.getFileMetaData(), columns);
    long end = MAGIC_BYTES;
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (column.getStartingPos() != end) {
          throw damaged(column, "starts at byte " + column.getStartingPos() + " instead of " + end);
        }
        if (column.getTotalSize() < 0 || column.getTotalSize() > fileSize - end) {
          throw damaged(column, "takes " + column.getTotalSize() + " bytes, beyond the file's end");
        }
        checkValues(column, group.getRowCount(), columns);
        end += column.getTotalSize();
      }
    }
  }

  private static void checkValues(ColumnChunkMetaData column, long rows, SampleColumns columns)
      throws DamagedShardException {
    int repetition = columns.type().getMaxRepetitionLevel(column.getPath().toArray());
    OptionalInt inEachRow = repetition == 0 ? OptionalInt.of(1) : columns.listSize();
    if (inEachRow.isEmpty() && column.getValueCount() < rows) { // an empty list counts as one
      throw damaged(
          column,
          String.format("has %d values, but there are %d rows", column.getValueCount(), rows));
    }
    if (inEachRow.isPresent() && column.getValueCount() != rows * inEachRow.getAsInt()) {
      throw damaged(
          column,
          String.format(
              "has %d values, but there are %d rows of %d",
              column.getValueCount(), rows, inEachRow.getAsInt()));
    }
  }

  private static void checkFile(FileMetaData file, SampleColumns columns)
      throws DamagedShardException {
    if (!file.getSchema().equals(columns.type())) {
      throw new DamagedShardException("Footer: its columns are not those of a shard");
    }
    if (!columns.features().equals(file.getKeyValueMetaData().get(SampleColumns.FEATURES_KEY))) {
      throw new DamagedShardException("Footer: its metadata are not those of this data set");
    }
  }

  private static DamagedShardException damaged(ColumnChunkMetaData column, String what) {
    return new DamagedShardException(
        "Footer: column "
            + column.getPath().toDotString()
            + " of row group "
            + column.getRowGroupOrdinal()
            + " "
            + what);
  }
}
