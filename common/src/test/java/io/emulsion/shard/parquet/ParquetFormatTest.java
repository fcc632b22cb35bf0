package io.emulsion.shard.parquet;

import io.emulsion.shard.AbstractShardFormatTest;
import io.emulsion.shard.ShardFormat;

class ParquetFormatTest extends AbstractShardFormatTest {
  @Override
  protected ShardFormat format() {
    return new ParquetFormat();
  }

  @Override
  protected boolean noticesMissingLastRecords() {
    return true; // the footer is at the end
  }

  @Override
  protected boolean checksEachBit() {
    return false; // pages have checksums; their headers and the footer have none
  }
}
