package io.emulsion.shard.parquet;

import io.emulsion.sample.Box;
import io.emulsion.sample.MixedBox;
import io.emulsion.sample.MixedSample;
import io.emulsion.shard.StoredBox;
import io.emulsion.shard.parquet.Feature.ListFeature;
import io.emulsion.shard.parquet.Feature.Named;
import io.emulsion.shard.parquet.Feature.StructFeature;
import io.emulsion.shard.parquet.Feature.Value;
import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The boxes of a sample as Hugging Face's detection sets have them: one struct of lists, a value
 * for each box in each, the first image's in front.
 */
final class ObjectColumns {
  static final String OBJECTS = "objects";

  /** Left, top, width and height in pixels, as COCO has them. */
  static final String BBOX = "objects.bbox.list.element.list.element";

  static final String CATEGORY = "objects.category.list.element";

  /** Share in the loss. */
  static final String WEIGHT = "objects.weight.list.element";

  /** 0 for a box of the first image, 1 for one of the partner. */
  static final String SOURCE = "objects.source.list.element";

  /** Square pixels as the source has it, or else the rectangle's. */
  static final String AREA = "objects.area.list.element";

  static final String IS_CROWD = "objects.iscrowd.list.element";
  static final String DIFFICULT = "objects.difficult.list.element";

  private ObjectColumns() {}

  /** Writes a value of a box. */
  private interface BoxWriter {
    void write(MixedBox box, RecordConsumer out);
  }

  /** A list with a value for each box. */
  private record BoxList(Type type, Feature feature, BoxWriter value) {}

  /**
   * @param category what {@code datasets} takes a class number for
   * @param offset added to the number of a class
   */
  static Column of(Feature category, int offset) {
    List<BoxList> lists =
        List.of(
            bbox(),
            list(
                "category",
                PrimitiveTypeName.INT64,
                category,
                (mixed, out) -> out.addLong(mixed.box().label() + (long) offset)),
            list(
                "weight",
                PrimitiveTypeName.DOUBLE,
                new Value("float64"),
                (mixed, out) -> out.addDouble(mixed.weight())),
            list(
                "source",
                PrimitiveTypeName.INT32,
                new Value("int32"),
                (mixed, out) -> out.addInteger(mixed.source())),
            list(
                "area",
                PrimitiveTypeName.DOUBLE,
                new Value("float64"),
                (mixed, out) -> out.addDouble(StoredBox.area(mixed.box()))),
            list(
                "iscrowd",
                PrimitiveTypeName.BOOLEAN,
                new Value("bool"),
                (mixed, out) -> out.addBoolean(mixed.box().crowd())),
            list(
                "difficult",
                PrimitiveTypeName.BOOLEAN,
                new Value("bool"),
                (mixed, out) -> out.addBoolean(mixed.box().difficult())));
    return new Column(
        Types.optionalGroup()
            .addFields(lists.stream().map(BoxList::type).toArray(Type[]::new))
            .named(OBJECTS),
        new StructFeature(
            lists.stream().map(list -> new Named(list.type().getName(), list.feature())).toList()),
        (sample, out) -> write(lists, sample, out));
  }

  private static BoxList list(
      String name, PrimitiveTypeName element, Feature feature, BoxWriter value) {
    return new BoxList(
        Types.optionalList().optionalElement(element).named(name), new ListFeature(feature), value);
  }

  private static BoxList bbox() {
    return new BoxList(
        Types.optionalList()
            .optionalListElement()
            .optionalElement(PrimitiveTypeName.DOUBLE)
            .named("bbox"),
        new ListFeature(new ListFeature(new Value("float64"))),
        (mixed, out) -> {
          Box box = mixed.box();
          double[] corners = {
            box.xMin(), box.yMin(), box.xMax() - box.xMin(), box.yMax() - box.yMin()
          };
          out.startGroup();
          Column.writeList(out, corners.length, i -> out.addDouble(corners[i]));
          out.endGroup();
        });
  }

  private static void write(List<BoxList> lists, MixedSample sample, RecordConsumer out) {
    List<MixedBox> boxes = sample.boxes();
    out.startGroup();
    for (int i = 0; i < lists.size(); i++) {
      BoxList list = lists.get(i);
      Column.field(
          list.type().getName(),
          i,
          out,
          () -> {
            out.startGroup();
            Column.writeList(out, boxes.size(), box -> list.value().write(boxes.get(box), out));
            out.endGroup();
          });
    }
    out.endGroup();
  }
}
