package io.emulsion.shard.parquet;

import io.emulsion.sample.MixedBox;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.StoredBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnReader;

/** Reads the boxes of one row after the other from the columns of {@link ObjectColumns}. */
final class BoxLists {
  /** Left, top, width, height. */
  private static final int BBOX_NUMBERS = 4;

  /** Definition levels between a list that is empty and an element: its group and the element. */
  private static final int LIST_LEVELS = 2;

  private final ShardContext context;
  private final Map<String, ColumnReader> readers;

  /**
   * @param readers by the columns' names
   */
  BoxLists(ShardContext context, Map<String, ColumnReader> readers) {
    this.context = context;
    this.readers = readers;
  }

  /** Takes the value that a column stands at. */
  private interface ValueReader {
    double read(ColumnReader column);
  }

  /** The next row's boxes; {@code lambda} is its record's. */
  List<MixedBox> next(double lambda) throws DamagedShardException {
    List<double[]> corners = corners();
    int count = corners.size();
    int offset = context.labelOffset();
    int last = offset + context.classes().size() - 1;
    double[] categories = numbers(ObjectColumns.CATEGORY, count, ColumnReader::getLong);
    checkRange(ObjectColumns.CATEGORY, categories, offset, last);
    double[] weights = numbers(ObjectColumns.WEIGHT, count, ColumnReader::getDouble);
    double[] sources = numbers(ObjectColumns.SOURCE, count, ColumnReader::getInteger);
    checkRange(ObjectColumns.SOURCE, sources, 0, 1);
    double[] areas = numbers(ObjectColumns.AREA, count, ColumnReader::getDouble);
    double[] crowds = numbers(ObjectColumns.IS_CROWD, count, BoxLists::bit);
    double[] difficult = numbers(ObjectColumns.DIFFICULT, count, BoxLists::bit);
    List<MixedBox> boxes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double[] bbox = corners.get(i);
      boxes.add(
          StoredBox.read(
              bbox[0],
              bbox[1],
              bbox[0] + bbox[2],
              bbox[1] + bbox[3],
              (int) categories[i] - offset,
              weights[i],
              (int) sources[i],
              crowds[i] == 1,
              difficult[i] == 1,
              areas[i],
              lambda));
    }
    return boxes;
  }

  private static double bit(ColumnReader column) {
    return column.getBoolean() ? 1 : 0;
  }

  private List<double[]> corners() throws DamagedShardException {
    ColumnReader column = column(ObjectColumns.BBOX);
    List<double[]> boxes = new ArrayList<>();
    if (takeEmpty(column, 2 * LIST_LEVELS)) {
      return boxes;
    }
    do {
      double[] box = new double[BBOX_NUMBERS];
      int filled = 0;
      do {
        checkCount(ObjectColumns.BBOX, filled < BBOX_NUMBERS);
        checkPresent(ObjectColumns.BBOX, column);
        box[filled++] = column.getDouble();
        column.consume();
      } while (column.getCurrentRepetitionLevel() == 2);
      checkCount(ObjectColumns.BBOX, filled == BBOX_NUMBERS);
      boxes.add(box);
    } while (column.getCurrentRepetitionLevel() == 1);
    return boxes;
  }

  private double[] numbers(String name, int count, ValueReader value) throws DamagedShardException {
    ColumnReader column = column(name);
    double[] numbers = new double[count];
    int filled = 0;
    if (!takeEmpty(column, LIST_LEVELS)) {
      do {
        checkCount(name, filled < count);
        checkPresent(name, column);
        numbers[filled++] = value.read(column);
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
    }
    checkCount(name, filled == count);
    return numbers;
  }

  private ColumnReader column(String name) {
    ColumnReader column = readers.get(name);
    if (column == null) {
      throw new IllegalArgumentException("There is no column " + name);
    }
    return column;
  }

  /**
   * Whether the row's list is empty; it is passed over then.
   *
   * @param levels between an empty list and an element
   */
  private static boolean takeEmpty(ColumnReader column, int levels) {
    int most = column.getDescriptor().getMaxDefinitionLevel();
    boolean empty = column.getCurrentDefinitionLevel() == most - levels;
    if (empty) {
      column.consume();
    }
    return empty;
  }

  private static void checkPresent(String name, ColumnReader column) throws DamagedShardException {
    if (column.getCurrentDefinitionLevel() != column.getDescriptor().getMaxDefinitionLevel()) {
      throw new DamagedShardException(name + " is null");
    }
  }

  private static void checkCount(String name, boolean holds) throws DamagedShardException {
    if (!holds) {
      throw new DamagedShardException(name + " has not as many values as there are boxes");
    }
  }

  private static void checkRange(String name, double[] values, int least, int most)
      throws DamagedShardException {
    if (!Arrays.stream(values).allMatch(value -> value >= least && value <= most)) {
      throw new DamagedShardException(
          name + " holds a number that is not in [" + least + ", " + most + "]");
    }
  }
}
