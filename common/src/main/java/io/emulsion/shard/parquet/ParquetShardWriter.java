package io.emulsion.shard.parquet;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardWriter;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Writes samples as rows; {@link SampleColumns} tells what each column is. Holds one row group in
 * memory. Every setting that decides bytes is set here, none is read from a configuration.
 */
final class ParquetShardWriter implements ShardWriter {
  /**
   * Small enough for a loader to keep several, and for a task to fill one for each view of a pass;
   * large enough to be read in one go.
   */
  static final long ROW_GROUP_BYTES = 32 << 20;

  private static final int PAGE_BYTES = 1 << 20;
  private static final int PAGE_ROWS = 20_000;

  private final ParquetWriter<MixedSample> writer;

  ParquetShardWriter(OutputStream out, ShardContext context) throws IOException {
    SampleColumns columns = new SampleColumns(context);
    this.writer =
        new Builder(new StreamOutputFile(out), columns)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new PureJavaCodecs())
            .withWriterVersion(WriterVersion.PARQUET_1_0) // what every reader knows
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCompressionCodec(columns.image(), CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(false)
            .withStatisticsEnabled(columns.image(), false)
            .withStatisticsEnabled(columns.key(), false)
            .withSizeStatisticsEnabled(false)
            .withPageWriteChecksumEnabled(true)
            .withPageSize(PAGE_BYTES)
            .withPageRowCountLimit(PAGE_ROWS)
            .withRowGroupSize(ROW_GROUP_BYTES)
            // Asked after each row: the default lets 100 rows pass first, whatever their size.
            .withMinRowCountForPageSizeCheck(1)
            .withMaxRowCountForPageSizeCheck(1)
            .build();
  }

  private static final class Builder extends ParquetWriter.Builder<MixedSample, Builder> {
    private final SampleColumns columns;

    Builder(OutputFile file, SampleColumns columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, though the other one is called
    protected WriteSupport<MixedSample> getWriteSupport(Configuration configuration) {
      return new SampleWriteSupport(columns);
    }

    @Override
    protected WriteSupport<MixedSample> getWriteSupport(ParquetConfiguration configuration) {
      return new SampleWriteSupport(columns);
    }
  }

  @Override
  public void write(MixedSample sample) throws IOException {
    writer.write(sample);
  }

  @Override
  public void finish() throws IOException {
    writer.close();
  }
}
