package io.emulsion.spark.sink;

import io.emulsion.mix.BadInput;
import io.emulsion.mix.Stage;
import io.emulsion.mix.StageTimes;
import io.emulsion.random.IdDigest;
import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DoneShard;
import io.emulsion.shard.DoneShardParser;
import io.emulsion.shard.QuarantineLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the sink takes. A row is a mixed sample, or, with all of a sample's columns null, a
 * bad input of a shard ({@code bad}), a shard's end ({@code end}), or a whole shard that an earlier
 * run made ({@code kept}). Samples of a shard stand together, each view's in the order of their
 * positions; the shard's end stands behind them.
 */
public final class SampleRows {
  private static final int SOFT = 11;
  private static final int BOXES = 12;
  private static final int BAD = 13;
  private static final int END = 14;
  private static final int KEPT = 15;

  private static final StructType BAD_TYPE =
      DataTypes.createStructType(
          List.of(
              field("id", DataTypes.StringType),
              field("reason", DataTypes.StringType),
              field("message", DataTypes.StringType),
              field("bytes", DataTypes.LongType)));
  private static final StructType END_TYPE =
      DataTypes.createStructType(
          List.of(
              field("pass", DataTypes.IntegerType),
              field("inputs", DataTypes.LongType),
              field("bad", DataTypes.LongType),
              field("bad_digest_high", DataTypes.LongType),
              field("bad_digest_low", DataTypes.LongType),
              field("listed_high", DataTypes.LongType),
              field("listed_low", DataTypes.LongType),
              field("read_nanos", DataTypes.LongType),
              field("decode_nanos", DataTypes.LongType),
              field("prepare_nanos", DataTypes.LongType),
              field("blend_nanos", DataTypes.LongType),
              field("encode_nanos", DataTypes.LongType)));
  private static final int END_NANOS = 7;

  /** Of all rows. */
  public static final StructType TYPE =
      DataTypes.createStructType(
          List.of(
              field("view", DataTypes.IntegerType),
              field("shard", DataTypes.IntegerType),
              field("position", DataTypes.IntegerType),
              field("image", DataTypes.BinaryType),
              field("height", DataTypes.IntegerType),
              field("width", DataTypes.IntegerType),
              field("label_a", DataTypes.IntegerType),
              field("label_b", DataTypes.IntegerType),
              field("lambda", DataTypes.DoubleType),
              field("id_a", DataTypes.StringType),
              field("id_b", DataTypes.StringType),
              field("soft", DataTypes.createArrayType(DataTypes.FloatType, false)),
              field("boxes", BoxRows.TYPE),
              field("bad", BAD_TYPE),
              field("end", END_TYPE),
              field("kept", DataTypes.BinaryType)));

  private SampleRows() {}

  private static StructField field(String name, org.apache.spark.sql.types.DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  /**
   * What is known of a shard of a pass when all its samples are made.
   *
   * @param listed of its inputs, as {@link io.emulsion.shard.DoneShard} has it
   */
  public record ShardEnd(
      int pass, long inputs, IdDigest listed, long bad, IdDigest badDigest, StageTimes times) {}

  public static Row sample(MixedSample sample) {
    Place place = sample.place();
    return RowFactory.create(
        place.view(),
        place.shard(),
        place.position(),
        sample.image(),
        sample.height(),
        sample.width(),
        sample.labelA(),
        sample.labelB(),
        sample.lambda(),
        sample.first().value(),
        sample.partner().value(),
        sample.soft().length == 0 ? null : boxed(sample.soft()),
        BoxRows.of(sample.boxes()),
        null,
        null,
        null);
  }

  /** What a row's array has to be. */
  private static Float[] boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }

  public static Row bad(int shard, BadInput bad) {
    return ofShard(
        shard,
        RowFactory.create(
            bad.reference().id().value(),
            bad.reason().name(),
            bad.message(),
            bad.reference().sizeBytes()),
        null,
        null);
  }

  public static Row end(int shard, ShardEnd end) {
    StageTimes times = end.times();
    return ofShard(
        shard,
        null,
        RowFactory.create(
            end.pass(),
            end.inputs(),
            end.bad(),
            end.badDigest().high(),
            end.badDigest().low(),
            end.listed().high(),
            end.listed().low(),
            times.nanos(Stage.READ),
            times.nanos(Stage.DECODE),
            times.nanos(Stage.PREPARE),
            times.nanos(Stage.BLEND),
            times.nanos(Stage.ENCODE)),
        null);
  }

  public static Row kept(DoneShard done) {
    return ofShard(done.shard(), null, null, DoneShardParser.toJson(done));
  }

  private static Row ofShard(
      int shard, @Nullable Row bad, @Nullable Row end, byte @Nullable [] kept) {
    return RowFactory.create(
        null, shard, null, null, null, null, null, null, null, null, null, null, null, bad, end,
        kept);
  }

  static int shard(InternalRow row) {
    return row.getInt(1);
  }

  static boolean isBad(InternalRow row) {
    return !row.isNullAt(BAD);
  }

  static boolean isEnd(InternalRow row) {
    return !row.isNullAt(END);
  }

  static boolean isKept(InternalRow row) {
    return !row.isNullAt(KEPT);
  }

  static DoneShard toKept(InternalRow row) throws IOException {
    return DoneShardParser.fromJson(row.getBinary(KEPT), "A row");
  }

  static MixedSample toSample(InternalRow row) {
    return new MixedSample(
        new Place(row.getInt(0), row.getInt(1), row.getInt(2)),
        row.getBinary(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6),
        row.getInt(7),
        row.getDouble(8),
        new ImageId(row.getUTF8String(9).toString()),
        new ImageId(row.getUTF8String(10).toString()),
        row.isNullAt(SOFT) ? new float[0] : row.getArray(SOFT).toFloatArray(),
        row.isNullAt(BOXES) ? List.of() : BoxRows.toBoxes(row.getArray(BOXES)));
  }

  static QuarantineLine toQuarantineLine(InternalRow row) {
    InternalRow bad = row.getStruct(BAD, BAD_TYPE.size());
    return new QuarantineLine(
        bad.getUTF8String(0).toString(),
        bad.getUTF8String(1).toString(),
        bad.getUTF8String(2).toString(),
        bad.getLong(3));
  }

  static ShardEnd toEnd(InternalRow row) {
    InternalRow end = row.getStruct(END, END_TYPE.size());
    StageTimes times = new StageTimes();
    Stage[] stages = {Stage.READ, Stage.DECODE, Stage.PREPARE, Stage.BLEND, Stage.ENCODE};
    for (int i = 0; i < stages.length; i++) {
      times.addNanos(stages[i], end.getLong(END_NANOS + i));
    }
    return new ShardEnd(
        end.getInt(0),
        end.getLong(1),
        new IdDigest(end.getLong(5), end.getLong(6)),
        end.getLong(2),
        new IdDigest(end.getLong(3), end.getLong(4)),
        times);
  }
}
