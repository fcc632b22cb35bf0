package io.emulsion.shard.parquet;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.LambdaCheck;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.SoftLabelCheck;
import io.emulsion.shard.StoredBox;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final ShardContext context;
  private final SampleColumns columns;
  private final Map<String, ColumnReader> readers = new HashMap<>();
  private final BoxLists boxLists;
  private final long rows;
  private long row;
  private String where = "";

  /**
   * @param createdBy as the footer has it
   */
  RowGroup(PageReadStore pages, String createdBy, ShardContext context, SampleColumns columns) {
    this.context = context;
    this.columns = columns;
    this.rows = pages.getRowCount();
    this.boxLists = new BoxLists(context, readers);
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new UnusedConverter(columns.type()), columns.type(), createdBy);
    for (ColumnDescriptor column : columns.type().getColumns()) {
      readers.put(String.join(".", column.getPath()), store.getColumnReader(column));
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
    byte[] image = bytes(columns.image());
    Place place = place();
    int height = int32(SampleColumns.HEIGHT, 1, Integer.MAX_VALUE);
    int width = int32(SampleColumns.WIDTH, 1, Integer.MAX_VALUE);
    boolean classes = !context.boxes();
    int label = classes ? label(SampleColumns.LABEL) : 0;
    int labelA = classes ? label(SampleColumns.LABEL_A) : 0;
    int labelB = classes ? label(SampleColumns.LABEL_B) : 0;
    float[] soft = context.soft() ? soft() : new float[0];
    double lambda = lambda();
    ImageId first = new ImageId(text(SampleColumns.ID_A));
    ImageId partner = new ImageId(text(SampleColumns.ID_B));
    int32(SampleColumns.VIEW, place.view(), place.view());
    MixedSample sample =
        new MixedSample(
            place,
            image,
            height,
            width,
            labelA,
            labelB,
            lambda,
            first,
            partner,
            soft,
            classes ? List.of() : boxes(lambda));
    Optional<String> complaint = StoredBox.complaint(sample);
    if (complaint.isPresent()) {
      throw damaged(complaint.get());
    }
    if (sample.label() != label) {
      int offset = context.labelOffset();
      throw damaged(
          String.format(
              "%s is %d, but the heavier image's is %d",
              SampleColumns.LABEL, label + offset, sample.label() + offset));
    }
    return sample;
  }

  private List<MixedBox> boxes(double lambda) throws DamagedShardException {
    try {
      return boxLists.next(lambda);
    } catch (DamagedShardException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private int int32(String name, int least, int most) throws DamagedShardException {
    ColumnReader column = column(name);
    int value = column.getInteger();
    column.consume();
    return inRange(name, value, least, most);
  }

  private int label(String name) throws DamagedShardException {
    ColumnReader column = column(name);
    long value = column.getLong();
    column.consume();
    int offset = context.labelOffset();
    return inRange(name, value, offset, offset + context.classes().size() - 1) - offset;
  }

  private float[] soft() throws DamagedShardException {
    float[] soft = new float[context.classes().size()];
    for (int i = 0; i < soft.length; i++) {
      ColumnReader column = column(SampleColumns.SOFT);
      soft[i] = column.getFloat();
      column.consume();
      boolean more = column.getCurrentRepetitionLevel() > 0; // 0: a new row, or no row left
      if (more != (i + 1 < soft.length)) {
        throw damaged(SampleColumns.SOFT + " is not " + soft.length + " numbers");
      }
    }
    Optional<String> complaint = SoftLabelCheck.complaint(soft);
    if (complaint.isPresent()) {
      throw damaged(SampleColumns.SOFT + " " + complaint.get());
    }
    return soft;
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
    Optional<String> complaint = LambdaCheck.complaint(lambda);
    if (complaint.isPresent()) {
      throw damaged(SampleColumns.LAMBDA + " " + complaint.get());
    }
    return lambda;
  }

  private Place place() throws DamagedShardException {
    String key = text(columns.key());
    try {
      return Place.parse(key);
    } catch (IllegalArgumentException e) {
      throw damaged(columns.key() + " is '" + key + "', not a record's key");
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
    ColumnReader column = readers.get(name);
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
