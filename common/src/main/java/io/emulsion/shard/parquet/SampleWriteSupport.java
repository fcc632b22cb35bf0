package io.emulsion.shard.parquet;

import io.emulsion.sample.MixedSample;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Tells Parquet's writer the schema, the footer's metadata and each sample's values. */
final class SampleWriteSupport extends WriteSupport<MixedSample> {
  private final SampleColumns columns;
  private @Nullable RecordConsumer out;

  SampleWriteSupport(SampleColumns columns) {
    this.columns = columns;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract, though the other one is called
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  private WriteContext context() {
    return new WriteContext(columns.type(), Map.of(SampleColumns.FEATURES_KEY, columns.features()));
  }

  @Override
  public void prepareForWrite(RecordConsumer out) {
    this.out = out; // one for each row group
  }

  @Override
  public void write(MixedSample sample) {
    if (out == null) {
      throw new IllegalStateException("prepareForWrite comes first");
    }
    columns.write(sample, out);
  }
}
