package io.emulsion.shard.tfrecord;

import io.emulsion.sample.ImageId;
import io.emulsion.sample.MixedSample;
import io.emulsion.sample.Place;
import io.emulsion.shard.DamagedShardException;
import io.emulsion.shard.LambdaCheck;
import io.emulsion.shard.ShardContext;
import io.emulsion.shard.ShardInput;
import io.emulsion.shard.ShardReader;
import io.emulsion.shard.SoftLabelCheck;
import io.emulsion.shard.StoredBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link TfRecordShardWriter} wrote; checks sums, keys, and that fields agree. */
final class TfRecordShardReader implements ShardReader {

  private final FrameReader frames;
  private final ShardContext context;

  TfRecordShardReader(ShardInput in, ShardContext context) throws IOException {
    this.frames = new FrameReader(in);
    this.context = context;
  }

  @Override
  public @Nullable MixedSample next() throws IOException {
    Frame frame = frames.next();
    return frame == null ? null : new Fields(frame).read();
  }

  /** The fields of one record, read in the order of their keys. */
  private final class Fields {
    private final Frame frame;
    private final TfExampleParser example;

    Fields(Frame frame) throws DamagedShardException {
      this.frame = frame;
      this.example = new TfExampleParser(frame);
    }

    MixedSample read() throws DamagedShardException {
      int label = 0;
      int labelA = 0;
      int labelB = 0;
      float[] soft = new float[0];
      if (!context.boxes()) {
        label = label(TfRecordKeys.LABEL);
        labelA = label(TfRecordKeys.LABEL_A);
        labelB = label(TfRecordKeys.LABEL_B);
        soft = context.soft() ? soft() : soft;
        expectText(TfRecordKeys.TEXT, context.classes().get(label));
      }
      byte[] image = example.bytes(TfRecordKeys.ENCODED);
      Place place = place();
      expectText(TfRecordKeys.FORMAT, context.imageFormat());
      int height = number(TfRecordKeys.HEIGHT, 1, Integer.MAX_VALUE);
      ImageId first = new ImageId(text(TfRecordKeys.ID_A));
      ImageId partner = new ImageId(text(TfRecordKeys.ID_B));
      double lambda = lambda();
      number(TfRecordKeys.VIEW, place.view(), place.view());
      ObjectFields objects = null;
      if (context.boxes()) {
        objects = new ObjectFields(frame, example, context);
        expectText(ObjectKeys.SOURCE_ID, place.key());
      }
      int width = number(TfRecordKeys.WIDTH, 1, Integer.MAX_VALUE);
      example.finish();
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
              objects == null ? List.of() : objects.boxes(height, width, lambda));
      Optional<String> complaint = StoredBox.complaint(sample);
      if (complaint.isPresent()) {
        throw frame.damaged(complaint.get());
      }
      if (sample.label() != label) {
        int offset = context.labelOffset();
        throw frame.damaged(
            String.format(
                "%s is %d, but the heavier image's is %d",
                TfRecordKeys.LABEL, label + offset, sample.label() + offset));
      }
      return sample;
    }

    private int label(String key) throws DamagedShardException {
      int offset = context.labelOffset();
      return number(key, offset, offset + context.classes().size() - 1) - offset;
    }

    private float[] soft() throws DamagedShardException {
      float[] soft = example.float32s(TfRecordKeys.SOFT, context.classes().size());
      Optional<String> complaint = SoftLabelCheck.complaint(soft);
      if (complaint.isPresent()) {
        throw frame.damaged(TfRecordKeys.SOFT + " " + complaint.get());
      }
      return soft;
    }

    private int number(String key, int least, int most) throws DamagedShardException {
      long value = example.int64(key);
      if (value < least || value > most) {
        throw frame.damaged(key + " is " + value + ", not in [" + least + ", " + most + "]");
      }
      return (int) value;
    }

    private double lambda() throws DamagedShardException {
      double lambda = example.float32(TfRecordKeys.LAMBDA);
      Optional<String> complaint = LambdaCheck.complaint(lambda);
      if (complaint.isPresent()) {
        throw frame.damaged(TfRecordKeys.LAMBDA + " " + complaint.get());
      }
      return lambda;
    }

    private Place place() throws DamagedShardException {
      String key = text(TfRecordKeys.FILENAME);
      try {
        return Place.parse(key);
      } catch (IllegalArgumentException e) {
        throw frame.damaged(TfRecordKeys.FILENAME + " is '" + key + "', not a record's key");
      }
    }

    private void expectText(String key, String expected) throws DamagedShardException {
      String actual = text(key);
      if (!actual.equals(expected)) {
        throw frame.damaged(key + " is '" + actual + "' instead of '" + expected + "'");
      }
    }

    private String text(String key) throws DamagedShardException {
      byte[] utf8 = example.bytes(key);
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      } catch (CharacterCodingException e) {
        throw frame.damaged(key + " is not UTF-8");
      }
    }
  }
}
