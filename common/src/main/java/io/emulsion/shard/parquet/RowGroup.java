package io.emulsion.shard.parquet;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardContext;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** The samples of one row group, read from all its columns side by side. */
final class RowGroup {
  private static final double LAMBDA_STEPS = 65536;

  private final ShardContext context;
  private final Map<String, ColumnReader> columns = new HashMap<>();
  private final long rows;
  private long row;
  private String where = "";

  /**
   * @param createdBy as the footer has it
   */
  RowGroup(PageReadStore pages, String createdBy, ShardContext context) {
    this.context = context;
    this.rows = pages.getRowCount();
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new UnusedConverter(SampleColumns.TYPE), SampleColumns.TYPE, createdBy);
    for (ColumnDescriptor column : SampleColumns.TYPE.getColumns()) {
      columns.put(String.join(".", column.getPath()), store.getColumnReader(column));
    }
  }

  boolean hasNext() {
    return row < rows;
  }

  /**
   * Reads the next row.
   *
   * @param where to find it, for messages
   */
  MixedSample next(String where) throws DamagedShardException {
    this.where = where;
    row++;
    int classes = context.classes().size();
    byte[] image = bytes(SampleColumns.IMAGE_BYTES);
    Place place = place();
    int height = int32(SampleColumns.HEIGHT, 1, Integer.MAX_VALUE);
    int width = int32(SampleColumns.WIDTH, 1, Integer.MAX_VALUE);
    int label = int64(SampleColumns.LABEL, classes - 1);
    int labelA = int64(SampleColumns.LABEL_A, classes - 1);
    int labelB = int64(SampleColumns.LABEL_B, classes - 1);
    double lambda = lambda();
    ImageId first = new ImageId(text(SampleColumns.ID_A));
    ImageId partner = new ImageId(text(SampleColumns.ID_B));
    int32(SampleColumns.VIEW, place.view(), place.view());
    MixedSample sample =
        new MixedSample(
            place, image, height, width, labelA, labelB, lambda, first, partner, new float[0]);
    if (sample.label() != label) {
      throw damaged(
          SampleColumns.LABEL + " is " + label + ", but the heavier image's is " + sample.label());
    }
    return sample;
  }

  private int int32(String name, int least, int most) throws DamagedShardException {
    ColumnReader column = column(name);
    int value = column.getInteger();
    column.consume();
    return inRange(name, value, least, most);
  }

  private int int64(String name, int most) throws DamagedShardException {
    ColumnReader column = column(name);
    long value = column.getLong();
    column.consume();
    return inRange(name, value, 0, most);
  }

  private int inRange(String name, long value, int least, int most) throws DamagedShardException {
    if (value < least || value > most) {
      throw damaged(name + " is " + value + ", not in [" + least + ", " + most + "]");
    }
    return (int) value;
  }

  private double lambda() throws DamagedShardException {
    ColumnReader column = column(SampleColumns.LAMBDA);
    double lambda = column.getDouble();
    column.consume();
    boolean whole = lambda * LAMBDA_STEPS == Math.rint(lambda * LAMBDA_STEPS);
    if (!(lambda >= 0 && lambda <= 1 && whole)) {
      throw damaged(
          SampleColumns.LAMBDA + " is " + lambda + ", not a multiple of 1/65536 in [0, 1]");
    }
    return lambda;
  }

  private Place place() throws DamagedShardException {
    String key = text(SampleColumns.IMAGE_PATH);
    try {
      return Place.parse(key);
    } catch (IllegalArgumentException e) {
      throw damaged(SampleColumns.IMAGE_PATH + " is '" + key + "', not a record's key");
    }
  }

  private String text(String name) throws DamagedShardException {
    ColumnReader column = column(name);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(column.getBinary().toByteBuffer()).toString();
      column.consume();
      return text;
    } catch (CharacterCodingException e) {
      throw damaged(name + " is not UTF-8");
    }
  }

  private byte[] bytes(String name) throws DamagedShardException {
    ColumnReader column = column(name);
    byte[] bytes = column.getBinary().getBytes();
    column.consume();
    return bytes;
  }

  /** The column {@code name}, which stands at a value that is not null. */
  private ColumnReader column(String name) throws DamagedShardException {
    ColumnReader column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("There is no column " + name);
    }
    if (column.getCurrentDefinitionLevel() != column.getDescriptor().getMaxDefinitionLevel()) {
      throw damaged(name + " is null");
    }
    return column;
  }

  private DamagedShardException damaged(String what) {
    return new DamagedShardException(where + ": " + what);
  }

  /** Parquet's column readers want a converter, even where values are taken one by one. */
  private static final class UnusedConverter extends GroupConverter {
    private final GroupType type;

    UnusedConverter(GroupType type) {
      this.type = type;
    }

    @Override
    public Converter getConverter(int field) {
      Type fieldType = type.getType(field);
      return fieldType.isPrimitive()
          ? new PrimitiveConverter() {}
          : new UnusedConverter(fieldType.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
