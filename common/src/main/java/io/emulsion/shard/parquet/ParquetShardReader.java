package io.emulsion.shard.parquet;

import io.emulsion.sample.MixedSample;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardReader;
import java.io.IOException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link ParquetShardWriter} wrote: checks the footer, the pages' checksums, and
 * that fields agree. Holds one row group in memory, and nothing that would have to be closed.
 *
 * <p>The format has no checksum of its footer and page headers. Damage there that changes no field
 * of a sample, as in a column's least value, goes unnoticed: the manifest's SHA-256 finds it.
 */
final class ParquetShardReader implements ShardReader {
  private final ShardInputFile file;
  private final ParquetFileReader reader;
  private final ShardContext context;
  private final SampleColumns columns;
  private @Nullable RowGroup group;
  private int groups;
  private long records;

  private ParquetShardReader(
      ShardInputFile file, ParquetFileReader reader, ShardContext context, SampleColumns columns) {
    this.file = file;
    this.reader = reader;
    this.context = context;
    this.columns = columns;
  }

  static ParquetShardReader open(ShardInput in, ShardContext context) throws IOException {
    ShardInputFile file = new ShardInputFile(in);
    SampleColumns columns = new SampleColumns(context);
    try {
      ParquetReadOptions options =
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .withCodecFactory(new PureJavaCodecs())
              .usePageChecksumVerification()
              .build();
      ParquetFileReader reader = ParquetFileReader.open(file, options);
      FooterCheck.check(reader.getFooter(), file.getLength(), columns);
      return new ParquetShardReader(file, reader, context, columns);
    } catch (IOException | RuntimeException e) {
      throw file.explain("Footer", e);
    }
  }

  @Override
  public @Nullable MixedSample next() throws IOException {
    try {
      MixedSample sample = read();
      records++;
      return sample;
    } catch (IOException | RuntimeException e) {
      throw file.explain(where(), e);
    }
  }

  private @Nullable MixedSample read() throws IOException {
    if (group == null || !group.hasNext()) {
      PageReadStore pages = reader.readNextRowGroup();
      if (pages == null) {
        return null;
      }
      groups++;
      group = new RowGroup(pages, reader.getFileMetaData().getCreatedBy(), context, columns);
    }
    return group.next(where());
  }

  private String where() {
    return "Row group " + Math.max(0, groups - 1) + ", record " + records;
  }
}
