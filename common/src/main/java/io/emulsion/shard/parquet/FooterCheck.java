package io.emulsion.shard.parquet;

import io.emulsion.shard.DamagedShardException;
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
   * @param features what the footer must say of the columns
   * @throws DamagedShardException unless the schema and the features are ours, and the columns of
   *     the row groups stand one behind the other from the start of the file
   */
  static void check(ParquetMetadata footer, long fileSize, String features)
      throws DamagedShardException {
    checkFile(footer.getFileMetaData(), features);
    long end = MAGIC_BYTES;
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (column.getStartingPos() != end) {
          throw damaged(column, "starts at byte " + column.getStartingPos() + " instead of " + end);
        }
        if (column.getTotalSize() < 0 || column.getTotalSize() > fileSize - end) {
          throw damaged(column, "takes " + column.getTotalSize() + " bytes, beyond the file's end");
        }
        if (column.getValueCount() != group.getRowCount()) {
          throw damaged(
              column,
              "has "
                  + column.getValueCount()
                  + " values, but there are "
                  + group.getRowCount()
                  + " rows");
        }
        end += column.getTotalSize();
      }
    }
  }

  private static void checkFile(FileMetaData file, String features) throws DamagedShardException {
    if (!file.getSchema().equals(SampleColumns.TYPE)) {
      throw new DamagedShardException("Footer: its columns are not those of a shard");
    }
    if (!features.equals(file.getKeyValueMetaData().get(SampleColumns.FEATURES_KEY))) {
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
